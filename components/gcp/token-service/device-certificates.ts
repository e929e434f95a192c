import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { authoritiesIn } from "./certificates.ts";
import type { ServicePlan } from "./plan.ts";

/** Header the service reads a certificate from, and the variable the load balancer writes into it. */
export const leafHeader = { name: "x-client-cert-leaf", value: "{client_cert_leaf}" } as const;

/**
 * What the load balancer does with the header. Always taken out as it came, since a laptop could send one with a
 * colleague's certificate, which is no secret; then written anew where devices are let in. Both are needed: with no
 * certificate the variable is empty, and an empty value need not replace what came.
 * @see https://docs.cloud.google.com/load-balancing/docs/l7-internal/custom-headers
 * @see https://docs.cloud.google.com/load-balancing/docs/https/setting-up-mtls-ccm (in the URL map for regional load balancers; looked up 2026-11-21)
 */
export function headerAction(
  letsDevicesIn: boolean,
): gcp.types.input.compute.RegionUrlMapHeaderAction {
  return {
    requestHeadersToRemoves: [leafHeader.name],
    ...(letsDevicesIn && {
      requestHeadersToAdds: [
        { headerName: leafHeader.name, headerValue: leafHeader.value, replace: true },
      ],
    }),
  };
}

/**
 * Asks laptops for a certificate of the company's authorities, and lets those without one through: they have a token.
 * Whoever presents one has to own its key in any case; the service checks the chain again itself.
 * @returns the policy's full name, and what has to exist before it is used
 * @see https://docs.cloud.google.com/load-balancing/docs/mtls
 */
export function deviceCertificates(
  name: string,
  { projectId: project, region: location, names }: ServicePlan,
  deviceAuthorities: string,
  opts: pulumi.CustomResourceOptions,
): { readonly policyName: string; readonly policy: pulumi.Resource } {
  const { anchors, intermediates } = authoritiesIn(deviceAuthorities);
  const pems = (list: readonly string[]) => list.map((pemCertificate) => ({ pemCertificate }));
  const trust = new gcp.certificatemanager.TrustConfig(
    name,
    {
      project,
      location,
      name: names.base,
      description: "Authorities of device certificates",
      trustStores: [
        {
          trustAnchors: pems(anchors),
          ...(intermediates.length > 0 && { intermediateCas: pems(intermediates) }),
        },
      ],
    },
    opts,
  );
  // Google answers with the project's number; its id would be a change to make at every run.
  const { number } = gcp.organizations.getProjectOutput(
    { projectId: project },
    { dependsOn: trust, ...(opts.parent && { parent: opts.parent }) },
  );
  const policy = new gcp.networksecurity.ServerTlsPolicy(
    name,
    {
      project,
      location,
      name: names.base,
      description: "Device certificates are asked for; the service judges them",
      allowOpen: false,
      mtlsPolicy: {
        clientValidationMode: "ALLOW_INVALID_OR_MISSING_CLIENT_CERT",
        clientValidationTrustConfig: pulumi.interpolate`projects/${number}/locations/${location}/trustConfigs/${names.base}`,
      },
    },
    { ...opts, dependsOn: [trust] },
  );
  return {
    policyName: `projects/${project}/locations/${location}/serverTlsPolicies/${names.base}`,
    policy,
  };
}
