import { createHash } from "node:crypto";

import { v5 } from "uuid";

/** Label all names of a geography's service hang on; never one of a route, which starts with the organization. */
export function serviceLabel(organization: string, geography: string): string {
  return `token-service-${organization}-${geography}`;
}

/** Every fixed name of one service: plain configuration, so known in any preview. */
export interface ServiceNames {
  readonly resourceGroup: string;
  /** Environment, network, endpoints, identities. */
  readonly base: string;
  /** A container app has 32 characters at most. */
  readonly app: string;
  /** Unique in all of Azure: the hash says enough. */
  readonly store: string;
  /** Unique in all of Azure, 24 characters at most. */
  readonly vault: string;
  /** Resource id of something in the resource group, for example of `Microsoft.KeyVault/vaults/v`. */
  readonly idOf: (typeAndName: string) => string;
  /** GUID that is the same on every run, for what Azure names by GUIDs. */
  readonly guid: (purpose: string) => string;
}

export function serviceNames(subscriptionId: string, label: string): ServiceNames {
  const subscription = subscriptionId.toLowerCase();
  const hash = createHash("sha256").update([subscription, label].join("/")).digest("hex");
  const base = `cowork-${label}`;
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${base}`;
  return {
    resourceGroup: base,
    base,
    app: `cowork-tokens-${hash.slice(0, 8)}`,
    store: `cowork-tokens-${hash.slice(0, 12)}`,
    vault: `cowork-${hash.slice(0, 12)}`,
    idOf: (typeAndName) => `${group}/providers/${typeAndName}`,
    guid: (purpose) => v5([subscription, label, purpose].join("/"), v5.URL),
  };
}
