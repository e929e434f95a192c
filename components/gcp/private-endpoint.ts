import { createHash } from "node:crypto";

import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** What both kinds of endpoint take. */
export interface EndpointArgs {
  readonly projectId: string;
  readonly region: string;
  readonly baseName: string;
  /** `projects/P/global/networks/N` */
  readonly network: string;
}

/** An endpoint that answers at an address. */
export interface PrivateEndpoint {
  /** Plain when it was given, else chosen by Google. */
  readonly address: pulumi.Input<string>;
  readonly reservation: pulumi.Resource;
  readonly endpoint: pulumi.Resource;
}

/**
 * An endpoint for exactly one `rep` host. It lies in one region even when the host serves a wider place.
 * @see https://docs.cloud.google.com/vpc/docs/about-accessing-regional-google-apis-endpoints (read 2026-11-21)
 */
export function regionalEndpoint(
  name: string,
  args: EndpointArgs & {
    /** `projects/P/regions/R/subnetworks/S` */
    readonly subnetwork: string;
    /** Default: any free one of the subnetwork. */
    readonly address: string | undefined;
    readonly host: string;
  },
  inside: pulumi.CustomResourceOptions,
): PrivateEndpoint {
  const { projectId: project, region, baseName, subnetwork } = args;
  const reserved = `${baseName}-endpoint`;
  const reservation = new gcp.compute.Address(
    `${name}-endpoint`,
    {
      project,
      region,
      name: reserved,
      addressType: "INTERNAL",
      purpose: "GCE_ENDPOINT",
      subnetwork,
      ...(args.address !== undefined && { address: args.address }),
    },
    inside,
  );
  const endpoint = new gcp.networkconnectivity.RegionalEndpoint(
    `${name}-endpoint`,
    {
      project,
      location: region,
      name: reserved,
      targetGoogleApi: args.host,
      // Laptops arrive through a VPN gateway, which may stand in any region.
      accessType: "GLOBAL",
      network: args.network,
      subnetwork,
      address: `projects/${project}/regions/${region}/addresses/${reserved}`,
    },
    { ...inside, dependsOn: [reservation] },
  );
  return { address: args.address ?? reservation.address, reservation, endpoint };
}

/**
 * An endpoint for all Google APIs that VPC Service Controls supports, for a host that has no endpoint of its
 * own. It carries other hosts as well: only the DNS zone, which names one host, and a perimeter narrow it.
 * @see https://docs.cloud.google.com/vpc/docs/about-accessing-google-apis-endpoints (read 2026-11-21)
 */
export function bundleEndpoint(
  name: string,
  args: EndpointArgs & { readonly address: string; readonly label: string },
  inside: pulumi.CustomResourceOptions,
): PrivateEndpoint {
  const { projectId: project, address, network } = args;
  const reserved = `${args.baseName}-endpoint`;
  const reservation = new gcp.compute.GlobalAddress(
    `${name}-endpoint`,
    {
      project,
      name: reserved,
      address,
      addressType: "INTERNAL",
      purpose: "PRIVATE_SERVICE_CONNECT",
      network,
    },
    inside,
  );
  const endpoint = new gcp.compute.GlobalForwardingRule(
    `${name}-endpoint`,
    {
      project,
      name: bundleName(args.label),
      target: "vpc-sc",
      network,
      ipAddress: `projects/${project}/global/addresses/${reserved}`,
      loadBalancingScheme: "",
      // A zone for p.googleapis.com would name every API of the bundle.
      noAutomateDnsZone: true,
      // Google's default would register the endpoint in us-central1.
      serviceDirectoryRegistrations: {
        namespace: "goog-psc-default",
        serviceDirectoryRegion: args.region,
      },
    },
    { ...inside, dependsOn: [reservation] },
  );
  return { address, reservation, endpoint };
}

/**
 * 1 to 20 lower-case letters and digits, a letter first, no hyphen: the provider's own description of
 * `compute.GlobalForwardingRule` (9.37.0, read 2026-11-21).
 */
function bundleName(label: string): string {
  const hash = createHash("sha256").update(label).digest("hex").slice(0, 14);
  return `cowork${hash}`;
}
