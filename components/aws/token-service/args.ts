import type * as pulumi from "@pulumi/pulumi";

import type { TokenServiceArgs } from "../../shared/token-service.ts";
import type { RoleRules } from "../service-role.ts";

/** AWS services the tasks reach through endpoints of the VPC. */
export type ServiceEndpoint =
  | "ecr.api"
  | "ecr.dkr"
  | "s3"
  | "logs"
  | "sts"
  | "kms"
  | "secretsmanager"
  | "ssm";

/** Where tasks, load balancer, store and endpoints stand. */
export type ServiceNetwork =
  | {
      readonly kind: "create";
      /** Required. IPv4 block of a VPC of the service's own, /16 to /28 with room for the subnets. */
      readonly cidr: string;
      /** Optional. Availability zones, 2 to 6. Default: 2. */
      readonly zoneCount?: number | undefined;
      /** Optional. Their names. Default: the region's first ones that are available. */
      readonly availabilityZones?: readonly string[] | undefined;
    }
  | {
      readonly kind: "existing";
      /** Required. VPC of the same region with DNS support and DNS host names on. */
      readonly vpcId: pulumi.Input<string>;
      /** Required. Two or more private subnets, each in a zone of its own. */
      readonly subnetIds: readonly pulumi.Input<string>[];
      /** Required. Their IPv4 blocks: the only proxies a certificate header is taken from. */
      readonly subnetCidrs: readonly string[];
      /** Conditional: unless `endpointsExist` names `s3`. Route table of the subnets. */
      readonly routeTableId?: pulumi.Input<string> | undefined;
      /**
       * Optional. Services that have an endpoint with private DNS in this VPC; a second one is not possible.
       * Their policies and security groups have to let the service in: {@link endpointStatements}. Default: none.
       */
      readonly endpointsExist?: readonly ServiceEndpoint[] | undefined;
      /** Conditional: with `endpointsExist` naming `s3`. Prefix list of S3 in the region, `pl-...`. */
      readonly s3PrefixListId?: string | undefined;
    };

/** What all replicas share. */
export type ServiceStore =
  | {
      /** MemoryDB for Valkey: what it acknowledged survives the loss of a zone. IAM signs in; no password exists. */
      readonly kind: "create";
      /** Optional. Default: `db.t4g.small`. */
      readonly nodeType?: string | undefined;
    }
  | {
      /** A store of the company's own in the zone. */
      readonly kind: "existing";
      /** Required. `rediss://host:port`, without user and password. */
      readonly url: string;
      /** Required. IPv4 blocks the host answers from. */
      readonly cidrs: readonly string[];
      /** Required. Secret of the same region that holds the password and nothing else. */
      readonly passwordSecretArn: string;
      /** Optional. Customer-managed key the secret is under. Default: the account's own for Secrets Manager. */
      readonly passwordKeyArn?: string | undefined;
      /** Optional. Name to sign in with. Default: the store's default user. */
      readonly userName?: string | undefined;
    };

/** A role of a Bedrock route, and how the service gets a session of it. */
export interface CallerRole {
  /** `assume-role`: as itself, with session tags. `web-identity`: with the person's token, needing no right. */
  readonly kind: "assume-role" | "web-identity";
  readonly roleArn: string;
}

/** Arguments of `TokenService` at AWS. */
export interface AwsTokenServiceArgs extends TokenServiceArgs {
  /** Required. Account of everything below, 12 digits. */
  readonly accountId: string;
  /** Required. Region of everything below. */
  readonly region: string;
  /** Required. Plain where it decides what exists. */
  readonly network: ServiceNetwork;
  /** Required. ACM certificate of `host`, of the same account and region. */
  readonly certificateArn: string;
  /** Required. Roles credentials are made from; empty when no route is at AWS. */
  readonly callers: readonly CallerRole[];
  /** Optional. Default: one is created. */
  readonly store?: ServiceStore | undefined;
  /** Optional. Path (default `/cowork/`) and boundary of the service's roles. */
  readonly roleRules?: RoleRules | undefined;
  /** Optional. Whether the load balancer resists `destroy`. Default: true. */
  readonly deletionProtection?: boolean | undefined;
}
