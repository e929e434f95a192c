import type { Zone } from "../../residency/types.ts";
import type { LegalOptIn } from "../shared/legal-opt-in.ts";

/** One Claude deployment: together they are what laptops may choose from. */
export interface FoundryDeployment {
  /** What a request names. Default: the model's name. */
  readonly name?: string | undefined;
  /** For example `claude-sonnet-5-5`. */
  readonly model: string;
  /** Decides who hosts: `2` is Azure. Never left to Azure, whose default may change. */
  readonly version: string;
  /** Deployment type: decides where Azure processes. */
  readonly sku: string;
  /** Thousands of tokens a minute, out of the subscription's quota. */
  readonly capacity: number;
}

/**
 * What Anthropic is told about the company when a deployment signs its Marketplace offer: a legal act, so
 * nothing of it has a default.
 */
export interface FoundryAttestation {
  /** Legal entity that becomes Anthropic's customer. */
  readonly organizationName: string;
  /** ISO 3166-1 alpha-2 country of that entity. */
  readonly countryCode: string;
  /** Lower case, for example `finance`. */
  readonly industry: string;
  /** Person with the authority to accept. */
  readonly attestedBy: string;
  /** ISO date, not later than today. */
  readonly attestedOn: string;
}

export interface CreatedFoundryNetwork {
  readonly kind: "create";
  readonly cidr: string;
  readonly clientCidrs: readonly string[];
}

export interface ExistingFoundryNetwork {
  readonly kind: "existing";
  /** Resource id of the subnet that gets the private endpoint; its network is linked to created zones. */
  readonly subnetId: string;
  readonly clientCidrs: readonly string[];
}

/** Where the three private DNS zones live. */
export type FoundryDns =
  | { readonly kind: "create" }
  /** Zones of a hub that are linked to the networks laptops resolve from: all three. */
  | { readonly kind: "existing"; readonly zoneIds: readonly string[] };

/** The data-plane role of the people: the kit's own narrow one, or Microsoft's documented minimum. */
export type FoundryRole = "claude-caller" | "cognitive-services-user";

/** Entra application Claude Desktop signs in with. */
export type FoundryApplication =
  | {
      readonly kind: "create";
      readonly displayName?: string | undefined;
      /** Tenant-wide consent, a legal act. Default: a step for an administrator. */
      readonly adminConsent?: LegalOptIn | undefined;
    }
  | { readonly kind: "existing"; readonly clientId: string };

/** How Claude Desktop obtains its credential; never a key. */
export type FoundryDesktop =
  | {
      readonly kind: "interactive";
      readonly authFlow: "device-code" | "browser" | "broker";
    }
  | {
      readonly kind: "helper-script";
      readonly path: string;
      readonly windowsPath: string;
      readonly ttlSeconds: number;
    };

/** CI that deploys the kit, by workload identity federation: Entra compares the subject letter for letter. */
export interface FoundryDeployer {
  readonly issuer: string;
  readonly subject: string;
}

/** Azure Policy against other deployment types and versions. */
export interface FoundryPolicySettings {
  readonly scope: "resource-group" | "subscription";
  readonly effect: "audit" | "deny";
}

/** One route as its configuration describes it. Plain values: they decide which resources exist. */
export interface FoundryRouteSettings {
  /** Lower case, unique in the geography. */
  readonly name: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** Azure region of everything that rests; it does not bound inference. */
  readonly region: string;
  /** Custom subdomain. Default: made from organization, geography, route and a hash. */
  readonly resourceName?: string | undefined;
  /** The first is the laptops' default. */
  readonly models: readonly FoundryDeployment[];
  readonly attestation: FoundryAttestation;
  readonly network: CreatedFoundryNetwork | ExistingFoundryNetwork;
  readonly dns: FoundryDns;
  readonly access: {
    /** Object id of the one Entra group that may use the route. */
    readonly groupId: string;
    readonly role: FoundryRole;
  };
  readonly application: FoundryApplication;
  readonly desktop: FoundryDesktop;
  readonly keys: { readonly rotationDays: number };
  readonly logs: {
    readonly retentionDays: number;
    /** Whether Microsoft Sentinel is switched on for the workspace; it is billed by volume. */
    readonly sentinel: boolean;
  };
  readonly deployer?: FoundryDeployer | undefined;
  readonly azurePolicy?: FoundryPolicySettings | undefined;
}

/** Arguments of `FoundryResource`. */
export interface FoundryResourceArgs {
  /** Required. What the route must stay inside. */
  readonly zone: Zone;
  /** Required. Name of the geography: the stack's name. */
  readonly geography: string;
  /** Required. Short name of the company, part of every physical name. */
  readonly organization: string;
  /** Required. ISO date that decides which acceptances and attestations are valid. */
  readonly today: string;
  readonly route: FoundryRouteSettings;
}
