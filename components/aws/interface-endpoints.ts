import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { EndpointService } from "./bedrock-endpoint-policies.ts";

export type { EndpointService };

/** What decides which endpoints exist. Plain. */
export interface EndpointChoice {
  /** Optional. Whether `bedrock-runtime` is used, and with it the log laptops' operators read. Default: true. */
  readonly runtime?: boolean;
  /** Optional. Whether clients look profiles or models up (`bedrock` control plane). Default: false. */
  readonly discovery?: boolean;
  /** Optional. Whether in-region `bedrock-mantle` is used. Default: false. */
  readonly mantle?: boolean;
  /** Optional. Whether laptops sign in with device certificates (Roles Anywhere). Default: false. */
  readonly deviceCertificates?: boolean;
  /** Optional. FIPS endpoints for Bedrock and Roles Anywhere, where the region has them. Default: false. */
  readonly fips?: boolean;
}

/** Endpoints a choice asks for, in a fixed order. */
export function wantedServices({
  runtime = true,
  discovery = false,
  mantle = false,
  deviceCertificates = false,
}: EndpointChoice): readonly EndpointService[] {
  return [
    ...(runtime ? (["bedrock-runtime"] as const) : []),
    "sts",
    ...(runtime ? (["logs", "kms"] as const) : []),
    ...(discovery ? (["bedrock"] as const) : []),
    ...(mantle ? (["bedrock-mantle"] as const) : []),
    ...(deviceCertificates ? (["rolesanywhere"] as const) : []),
  ];
}

/** Services whose endpoint has a FIPS name of its own in some regions. */
export type FipsService = Extract<EndpointService, "bedrock-runtime" | "bedrock" | "rolesanywhere">;

export function hasFipsName(service: EndpointService): service is FipsService {
  return service === "bedrock-runtime" || service === "bedrock" || service === "rolesanywhere";
}

/**
 * Name of the service as AWS spells it in endpoint and host names.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export function spelling(service: EndpointService, fips: boolean): string {
  return fips && hasFipsName(service) ? `${service}-fips` : service;
}

/**
 * Host name that private DNS points at the endpoint.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html
 */
export function hostName(service: EndpointService, region: string, fips: boolean): string {
  return service === "bedrock-mantle"
    ? `${service}.${region}.api.aws`
    : `${spelling(service, fips)}.${region}.amazonaws.com`;
}

/** One interface endpoint a service, each with its own policy, never the default one. */
export function interfaceEndpoints(
  name: string,
  args: EndpointChoice & {
    readonly region: string;
    readonly vpcId: pulumi.Input<string>;
    readonly subnetIds: readonly pulumi.Input<string>[];
    readonly securityGroupId: pulumi.Input<string>;
    readonly policies: Readonly<Partial<Record<EndpointService, pulumi.Input<string>>>>;
  },
  opts: pulumi.CustomResourceOptions,
): ReadonlyMap<EndpointService, aws.ec2.VpcEndpoint> {
  const { region, fips = false } = args;
  const endpoints = new Map<EndpointService, aws.ec2.VpcEndpoint>();
  for (const service of wantedServices(args)) {
    const policy = args.policies[service];
    // Argument checks refuse this first; an endpoint without a policy must be impossible all the same.
    if (policy === undefined) throw new Error(`no endpoint policy for ${service}`);
    const endpoint = new aws.ec2.VpcEndpoint(
      `${name}-${service}`,
      {
        region,
        vpcId: args.vpcId,
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.${region}.${spelling(service, fips)}`,
        privateDnsEnabled: true,
        subnetIds: [...args.subnetIds],
        securityGroupIds: [args.securityGroupId],
        policy,
      },
      opts,
    );
    endpoints.set(service, endpoint);
  }
  return endpoints;
}

/**
 * The regional DNS name among an endpoint's names. AWS lists zonal names beside it, each the
 * regional one with a zone added, and the private name; the shortest `vpce-` name is the regional one.
 *
 * @throws Error when the endpoint has none.
 */
export function regionalName(entries: readonly { readonly dnsName: string }[]): string {
  const [shortest] = entries
    .map(({ dnsName }) => dnsName)
    .filter((dnsName) => dnsName.startsWith("vpce-"))
    .toSorted((a, b) => a.length - b.length);
  if (shortest === undefined) throw new Error("the endpoint has no regional DNS name");
  return shortest;
}
