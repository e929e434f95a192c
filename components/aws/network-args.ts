import type * as pulumi from "@pulumi/pulumi";

import type { EndpointChoice, EndpointService } from "./interface-endpoints.ts";
import type { LaptopReach } from "./laptop-reach.ts";
import type { AwsPlace } from "./place.ts";
import type { RoleRules } from "./service-role.ts";

/** A new VPC, or one that exists. */
export type NetworkSource =
  | {
      readonly kind: "create";
      /** Required. IPv4 block of the VPC, /16 to /28 with room for the subnets. */
      readonly cidr: string;
      /** Optional. Availability zones, 2 to 6. Default: 2. */
      readonly zoneCount?: number;
      /** Optional. Their names. Default: the region's first ones that are available. */
      readonly availabilityZones?: readonly string[];
    }
  | {
      readonly kind: "existing";
      /** Required. VPC in the route's region with DNS support and DNS hostnames on. */
      readonly vpcId: string;
      /** Required. Two or more private subnets in different zones. */
      readonly subnetIds: readonly string[];
      /** Conditional: with reach `resolver`. One free address in each subnet, in their order. */
      readonly resolverAddresses?: readonly string[];
    };

/** Arguments of `BedrockNetwork`. */
export interface BedrockNetworkArgs extends EndpointChoice {
  /** Required. Where the network rests. */
  readonly place: AwsPlace;
  /** Required. Label of the route. */
  readonly label: string;
  /** Required. Plain: it decides which resources exist. */
  readonly source: NetworkSource;
  /** Required. IPv4 blocks laptops come from; the only ones let in. */
  readonly clientCidrs: readonly string[];
  /** Required. How laptops reach the endpoints. */
  readonly reach: LaptopReach;
  /** Required. Policy document (JSON text) of every endpoint that will exist; there is no default. */
  readonly endpointPolicies: Readonly<Partial<Record<EndpointService, pulumi.Input<string>>>>;
  /** Required. Key of the same region, for the flow logs. */
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Required. Days flow logs are kept; one of the values CloudWatch Logs accepts. */
  readonly flowLogRetentionDays: number;
  /** Optional. Demands on the flow-log role. */
  readonly roleRules?: RoleRules | undefined;
}
