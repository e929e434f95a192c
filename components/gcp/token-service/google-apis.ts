import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import type { ServicePlan } from "./plan.ts";

/**
 * restricted.googleapis.com: Google's APIs that a perimeter covers, at addresses announced to nobody.
 * @see https://docs.cloud.google.com/vpc/docs/configure-private-google-access (looked up 2026-11-21)
 */
export const restrictedApis = {
  cidr: "199.36.153.4/30",
  addresses: ["199.36.153.4", "199.36.153.5", "199.36.153.6", "199.36.153.7"],
} as const;

/** Hosts the service itself calls; its own tokens come from Cloud Run's metadata server, past the network. */
export function calledHosts({
  callers,
  signs,
}: Pick<ServicePlan, "callers" | "signs">): readonly string[] {
  return [
    "sts.googleapis.com",
    ...(callers.length > 0 ? ["iamcredentials.googleapis.com"] : []),
    ...(signs ? ["cloudkms.googleapis.com"] : []),
  ];
}

/**
 * The way to those hosts in a network that has no other: one route, and a private zone named exactly like each host,
 * so that no other name of Google's is hidden.
 */
export function googleApis(
  name: string,
  plan: ServicePlan,
  network: string,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  const { projectId: project, names } = plan;
  const route = new gcp.compute.Route(
    `${name}-google`,
    {
      project,
      name: `${names.base}-google`,
      description: "Google's APIs a perimeter covers; no way to the internet",
      network,
      destRange: restrictedApis.cidr,
      // Google's own spelling of the way out, which this range never takes.
      nextHopGateway: "default-internet-gateway",
      priority: 1000,
    },
    opts,
  );
  const records = calledHosts(plan).map((host) => {
    const api = host.replace(".googleapis.com", "");
    const zoneName = `${names.base}-${api}`;
    const dnsName = `${host}.`;
    const zone = new gcp.dns.ManagedZone(
      `${name}-${api}`,
      {
        project,
        name: zoneName,
        dnsName,
        description: "What the token service calls",
        visibility: "private",
        privateVisibilityConfig: { networks: [{ networkUrl: network }] },
      },
      opts,
    );
    return new gcp.dns.RecordSet(
      `${name}-${api}`,
      {
        project,
        managedZone: zoneName,
        name: dnsName,
        type: "A",
        ttl: 300,
        rrdatas: [...restrictedApis.addresses],
      },
      { ...opts, dependsOn: [zone] },
    );
  });
  return [route, ...records];
}
