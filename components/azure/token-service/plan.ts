import type { CreatedForService } from "../../shared/token-service.ts";
import type { AzureTokenServiceArgs, ServiceDns, ServiceStore } from "./args.ts";
import { type ServiceNames, serviceLabel, serviceNames } from "./names.ts";

/** Port of a database of Azure Managed Redis. */
export const storePort = 10_000;

/** Keys in the service's vault. */
export const signingKeyName = "gateway-tokens";
export const storeKeyName = "store";

/**
 * Where ingress reaches a container from: ranges inside an environment that no network routes. That containers see
 * addresses of them is observed by many and documented by nobody; anything else is refused by the service.
 * @see https://learn.microsoft.com/azure/container-apps/networking (reserved addresses; looked up 2026-11-21)
 */
const ingressRanges = [
  ...["100.100.0.0/17", "100.100.128.0/19", "100.100.160.0/19", "100.100.192.0/19"],
];

/** What a private endpoint is made for. */
export type Endpoint = "store" | "vault";

/** Private DNS zone of each. */
export const endpointZones: Readonly<Record<Endpoint, string>> = {
  store: "privatelink.redis.azure.net",
  vault: "privatelink.vaultcore.azure.net",
};

/** Everything that follows from the arguments alone, and is thus known in any preview. */
export interface ServicePlan {
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly region: string;
  readonly label: string;
  readonly geography: string;
  readonly names: ServiceNames;
  readonly signs: boolean;
  readonly store: ServiceStore;
  readonly dns: ServiceDns;
  readonly maxReplicas: number;
  readonly keyProtection: "software" | "hsm";
  /** In a fixed order. */
  readonly endpoints: readonly Endpoint[];
}

type Planned = Pick<
  AzureTokenServiceArgs,
  | "subscriptionId"
  | "tenantId"
  | "region"
  | "organization"
  | "geography"
  | "signs"
  | "store"
  | "dns"
  | "replicas"
  | "maxReplicas"
  | "keyProtection"
>;

export function planService(args: Planned): ServicePlan {
  const { subscriptionId, tenantId, region, geography, signs } = args;
  const label = serviceLabel(args.organization, geography);
  const store = args.store ?? { kind: "create" };
  return {
    subscriptionId,
    tenantId,
    region,
    label,
    geography,
    names: serviceNames(subscriptionId, label),
    signs,
    store,
    dns: args.dns ?? { kind: "create" },
    maxReplicas: args.maxReplicas ?? 2 * args.replicas,
    keyProtection: args.keyProtection ?? "hsm",
    // The store reaches the vault as one of Microsoft's trusted services; only signing goes through the network.
    endpoints: [
      ...(store.kind === "create" ? (["store"] as const) : []),
      ...(signs ? (["vault"] as const) : []),
    ],
  };
}

/** What the service is told of what was made for it. */
export function createdForService(
  storeUrl: string,
  signingKeyId: string | undefined,
  letsDevicesIn: boolean,
): CreatedForService {
  return {
    storeUrl,
    ...(signingKeyId !== undefined && {
      signingKey: { kind: "azure-key-vault", keyId: signingKeyId },
    }),
    ...(letsDevicesIn && {
      clientCertificate: {
        from: "header",
        header: "x-forwarded-client-cert",
        trustedProxyCidrs: ingressRanges,
      },
    }),
  };
}

/** The configuration as it will be, with stand-ins for a store and a key that do not exist yet. */
export function sampleConfig(
  args: Pick<AzureTokenServiceArgs, "serviceConfig" | "deviceAuthorities">,
  { names, store, region, signs }: ServicePlan,
): string {
  const url =
    store.kind === "existing"
      ? store.url
      : `rediss://${names.store}.${region}.redis.azure.net:${storePort}`;
  const keyId = signs
    ? `https://${names.vault}.vault.azure.net/keys/${signingKeyName}/${"0".repeat(32)}`
    : undefined;
  return args.serviceConfig(createdForService(url, keyId, args.deviceAuthorities !== undefined));
}
