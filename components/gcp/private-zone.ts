import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

interface NamedNetwork {
  readonly projectId: string;
  /** Name of the zone or policy. */
  readonly baseName: string;
  /** `projects/P/global/networks/N`: the only network that sees it. */
  readonly network: string;
}

/**
 * A private zone named exactly like one host, with the host's own record. A wider zone, for example of
 * googleapis.com, would hide every other name under it.
 * @returns the record; it depends on the zone.
 * @see https://docs.cloud.google.com/dns/docs/zones/zones-overview (read 2026-11-21)
 */
export function privateZone(
  name: string,
  args: NamedNetwork & { readonly host: string; readonly address: pulumi.Input<string> },
  inside: pulumi.CustomResourceOptions,
): gcp.dns.RecordSet {
  const { projectId: project, baseName } = args;
  const dnsName = `${args.host}.`;
  const zone = new gcp.dns.ManagedZone(
    name,
    {
      project,
      name: baseName,
      dnsName,
      description: "The private endpoint of Claude",
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: args.network }] },
    },
    inside,
  );
  return new gcp.dns.RecordSet(
    name,
    { project, managedZone: baseName, name: dnsName, type: "A", ttl: 300, rrdatas: [args.address] },
    { ...inside, dependsOn: [zone] },
  );
}

/**
 * Lets corporate DNS forward the host to Google. Only for a network of the kit's own: a network has at most one
 * such policy, and an existing one may have it already.
 * @see https://docs.cloud.google.com/dns/docs/policies (read 2026-11-21)
 */
export function dnsEntryPoint(
  name: string,
  { projectId, baseName, network }: NamedNetwork,
  inside: pulumi.CustomResourceOptions,
): void {
  new gcp.dns.Policy(
    name,
    {
      project: projectId,
      name: baseName,
      description: "Corporate DNS may forward here",
      enableInboundForwarding: true,
      networks: [{ networkUrl: network }],
    },
    inside,
  );
}
