import type { Zone } from "../../residency/types.ts";
import type { DeployedTokenService } from "./iam/token-service-permissions.ts";

/** The project that serves the route. */
export type ProjectSettings =
  | {
      readonly kind: "create";
      readonly projectId: string;
      readonly billingAccount: string;
      /** Default: directly below the organization. */
      readonly folderId?: string | undefined;
    }
  | { readonly kind: "adopt"; readonly projectId: string; readonly projectNumber: string };

export interface CreatedNetwork {
  readonly kind: "create";
  readonly cidr: string;
  readonly clientCidrs: readonly string[];
}

export interface ExistingNetwork {
  readonly kind: "existing";
  /** `projects/p/global/networks/n` */
  readonly network: string;
  /** `projects/p/regions/r/subnetworks/s` */
  readonly subnetwork: string;
  readonly clientCidrs: readonly string[];
}

/** How laptops reach the host. */
export type VertexReach =
  | { readonly kind: "public" }
  | {
      readonly kind: "private";
      readonly network: CreatedNetwork | ExistingNetwork;
      /** Whether profiles name the host. */
      readonly pinBaseUrl: boolean;
    };

/** People of the company's own identity provider, through a workforce pool. */
export interface WorkforceSettings {
  readonly kind: "workforce";
  readonly issuer: string;
  /** Client id of the desktop application: the audience of its ID tokens. */
  readonly clientId: string;
  /** Entra tenant. Required with Entra ID. */
  readonly tenantId?: string | undefined;
  /** The one group that may use the route, exactly as in the token. */
  readonly group: string;
  /** Default: `groups`. */
  readonly groupsClaim?: string | undefined;
  /** Default: `oid` with Entra ID, else `sub`. */
  readonly subjectClaim?: string | undefined;
  /** Default: composed from organization, geography and route. */
  readonly poolId?: string | undefined;
  /** Default: 3600. */
  readonly sessionSeconds?: number | undefined;
}

export type VertexAccess =
  | WorkforceSettings
  /** People with Google accounts, through one group. */
  | { readonly kind: "google-group"; readonly group: string }
  /** One principal, for example a token service. */
  | { readonly kind: "principal"; readonly member: string };

/** How Claude Desktop obtains its credential. */
export type VertexDesktop =
  | {
      readonly kind: "workforce";
      readonly authFlow: "browser" | "broker";
      readonly redirectPort?: number | undefined;
      readonly scopes?: string | undefined;
    }
  | {
      readonly kind: "interactive";
      readonly oauthClientId: string;
      /** Of a desktop client: Google does not treat it as confidential. */
      readonly oauthClientSecret: string;
      readonly loginHint?: string | undefined;
    }
  | {
      readonly kind: "vendor-profile";
      readonly credentialsFile?:
        | { readonly path: string; readonly windowsPath: string }
        | undefined;
    }
  | {
      readonly kind: "helper-script";
      readonly path: string;
      readonly windowsPath: string;
      readonly ttlSeconds: number;
    };

/** CI that deploys the kit, by workload identity federation. Ids, because names can be taken over. */
export type DeployerSettings =
  | {
      readonly kind: "github";
      readonly repositoryId: string;
      readonly repositoryOwnerId: string;
      readonly ref?: string | undefined;
      readonly environment?: string | undefined;
    }
  | {
      readonly kind: "gitlab";
      /** Default: `https://gitlab.com`. */
      readonly issuer?: string | undefined;
      readonly projectId: string;
      readonly namespaceId: string;
      readonly ref?: string | undefined;
    }
  | {
      readonly kind: "azure-devops";
      readonly organizationId: string;
      /** `sc://organization/project/service-connection` */
      readonly serviceConnection: string;
    };

export type KeySettings =
  | { readonly kind: "create"; readonly rotationDays: number }
  | {
      readonly kind: "existing";
      readonly logs: string;
      /** Default: the key of the logs. */
      readonly dataset?: string | undefined;
    };

/** One route as its configuration describes it. Plain values: they decide which resources exist. */
export interface VertexRouteSettings {
  /** Lower case, unique in the geography. */
  readonly name: string;
  readonly organizationId?: string | undefined;
  readonly project: ProjectSettings;
  /** Where Claude is called: `eu`, `us` or a single region with a Claude endpoint. */
  readonly location: string;
  /** Region of keys, logs, dataset and the private endpoint. */
  readonly dataRegion: string;
  /** Publisher model ids; the first is the laptops' default. */
  readonly models: readonly string[];
  readonly reach: VertexReach;
  readonly access: VertexAccess;
  readonly desktop: VertexDesktop;
  readonly keys: KeySettings;
  readonly logs: {
    readonly retentionDays: number;
    /** Whether retention can never be shortened again. */
    readonly locked: boolean;
    /** Dataset for prompts and answers; switching the log on is a step of the runbook. */
    readonly content?: { readonly datasetId: string } | undefined;
  };
  readonly deployer?: DeployerSettings | undefined;
  readonly perimeter?:
    | {
        readonly accessPolicyId: string;
        readonly mode: "dry-run" | "enforced";
        readonly ingressCidrs: readonly string[];
      }
    | undefined;
  readonly organizationPolicies?:
    | {
        readonly scope: "project" | "folder" | "organization";
        readonly folderId?: string | undefined;
        readonly mode: "dry-run" | "enforced";
      }
    | undefined;
  readonly modelAccess?:
    | { readonly legal: { readonly acceptedBy: string; readonly acceptedOn: string } }
    | undefined;
}

/** Arguments of `VertexProject`. */
export interface VertexProjectArgs {
  /** Required. What the route must stay inside. */
  readonly zone: Zone;
  /** Required. Name of the geography: the stack's name. */
  readonly geography: string;
  /** Required. Short name of the company, part of every physical name. */
  readonly organization: string;
  /** Required. ISO date that decides what is retired and which acceptances are valid. */
  readonly today: string;
  /** Optional. Token service that runs in the route's project: whoever deploys the route deploys it too. */
  readonly tokenService?: DeployedTokenService | undefined;
  readonly route: VertexRouteSettings;
}
