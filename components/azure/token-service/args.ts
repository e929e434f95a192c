import type * as pulumi from "@pulumi/pulumi";

import type { TokenServiceArgs } from "../../shared/token-service.ts";

/** Where the environment and the private endpoints stand. */
export type ServiceNetwork =
  | {
      readonly kind: "create";
      /** Required. IPv4 block of a network of the service's own, /16 to /26: one half for each of two subnets. */
      readonly cidr: string;
    }
  | {
      readonly kind: "existing";
      /** Required. Resource id of an empty subnet of /27 or wider, delegated to Microsoft.App/environments. */
      readonly environmentSubnetId: string;
      /** Required. Resource id of another subnet of the same network, for private endpoints. */
      readonly endpointSubnetId: string;
    };

/** Where the private DNS zones of store and vault live. */
export type ServiceDns =
  | { readonly kind: "create" }
  | {
      /** Zones of a hub, linked to the service's network. */
      readonly kind: "existing";
      /** Required. Resource ids: one for each private endpoint the service needs. */
      readonly zoneIds: readonly string[];
    };

/** What all replicas share. */
export type ServiceStore =
  | {
      /**
       * Azure Managed Redis, written to disk once a second: what was acknowledged within the last second can be lost
       * when both nodes fail. Entra signs in; access keys are off.
       */
      readonly kind: "create";
      /** Optional. Default: `Balanced_B3`. */
      readonly sku?: string | undefined;
    }
  | {
      /** A store of the company's own in the zone. */
      readonly kind: "existing";
      /** Required. `rediss://host:port`, without user and password. */
      readonly url: string;
      /** Required. IPv4 blocks the host answers from. */
      readonly cidrs: readonly string[];
      /** Required. Resource id of a vault's secret that holds the password and nothing else. */
      readonly passwordSecretId: string;
      /** Optional. Name to sign in with. Default: the store's default user. */
      readonly userName?: string | undefined;
    };

/** Arguments of `TokenService` at Azure. */
export interface AzureTokenServiceArgs extends TokenServiceArgs {
  /** Required. Subscription of everything below. Plain, as all that names and decides things. */
  readonly subscriptionId: string;
  /** Required. Entra tenant of the service's identities and of the Foundry caller application. */
  readonly tenantId: string;
  /** Required. Azure region of everything below: the route's. */
  readonly region: string;
  readonly network: ServiceNetwork;
  /** Optional. Default: zones are created. */
  readonly dns?: ServiceDns | undefined;
  /**
   * Required. Resource id of the secret behind a vault's certificate of `host`:
   * `/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/secrets/c`.
   */
  readonly certificateId: string;
  /** Required. Resource id of the container registry the image is in. */
  readonly registryId: string;
  /** Required. Log Analytics workspace of the route, and the days it keeps entries. */
  readonly workspace: { readonly id: string; readonly retentionDays: number };
  /**
   * Optional. Object id (not client id) of the Foundry caller application; it gets a federated credential for the
   * service's identity. Default: none is made.
   */
  readonly callerApplicationObjectId?: string | undefined;
  /**
   * Optional. Object id of the identity CI deploys the route with; it may run the component again. Default: only people
   * deploy the service.
   */
  readonly deployerPrincipalId?: pulumi.Input<string> | undefined;
  /** Optional. Default: one is created. */
  readonly store?: ServiceStore | undefined;
  /** Optional. Whether keys are kept in software or in an HSM. Default: `hsm`, which takes a vault of tier premium. */
  readonly keyProtection?: "software" | "hsm" | undefined;
  /** Optional. Whether replicas are spread over zones. Default: true; Azure refuses it in regions without zones. */
  readonly zoneRedundant?: boolean | undefined;
  /**
   * Conditional: with device certificates. Who saw, from a laptop's network, that ingress of an internal environment
   * asks for a certificate and lets no `X-Forwarded-Client-Cert` of the caller's own through. No page promises either,
   * and one report says certificates are not asked for inside Azure's networks.
   * @see https://github.com/microsoft/azure-container-apps/issues/880 (open, looked up 2026-11-21)
   */
  readonly certificateHeaderTested?:
    | {
        readonly testedBy: string;
        /** ISO date, not later than today. */
        readonly testedOn: string;
      }
    | undefined;
  /** Optional. Most replicas under load. Default: twice `replicas`. */
  readonly maxReplicas?: number | undefined;
}
