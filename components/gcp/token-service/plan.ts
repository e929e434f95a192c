import { isRecord } from "../../../residency/is-record.ts";
import { type ListenSettings, listenSettings } from "../../shared/listen-settings.ts";
import type { CreatedForService } from "../../shared/token-service.ts";
import type { GoogleTokenServiceArgs, ServiceStore } from "./args.ts";
import { type ServiceNames, serviceLabel, serviceNames } from "./names.ts";

/** Port of the store; Memorystore for Valkey has no other. */
export const storePort = 6379;

/** Where the configuration, the policy and the store's authority are mounted. */
export const configFile = "/etc/cowork/config/config.json";
export const policyFile = "/etc/cowork/policy/trust-policy.json";
export const storeAuthorityFile = "/etc/cowork/store/authority.pem";

/**
 * Peers of a container on Cloud Run: its front end, by a link-local address nobody else reaches it from. Observed
 * by many (169.254.169.126 in the second execution environment, 169.254.1.1 in the first), documented by nobody:
 * looked up 2026-11-21.
 */
const frontEnd = ["169.254.0.0/16"];

/** Everything that follows from the arguments alone, and is thus known in any preview. */
export interface ServicePlan {
  readonly projectId: string;
  readonly region: string;
  readonly label: string;
  readonly geography: string;
  readonly names: ServiceNames;
  readonly callers: readonly string[];
  readonly signs: boolean;
  readonly store: ServiceStore;
  readonly maxReplicas: number;
}

type Planned = Pick<
  GoogleTokenServiceArgs,
  | "projectId"
  | "region"
  | "organization"
  | "geography"
  | "callers"
  | "signs"
  | "store"
  | "replicas"
  | "maxReplicas"
>;

export function planService(args: Planned): ServicePlan {
  const { projectId, region, geography, callers, signs } = args;
  const label = serviceLabel(args.organization, geography);
  return {
    projectId,
    region,
    label,
    geography,
    names: serviceNames({ projectId, region, label, geography }),
    callers,
    signs,
    store: args.store ?? { kind: "create" },
    maxReplicas: args.maxReplicas ?? 2 * args.replicas,
  };
}

/** What the service is told of what was made for it. */
export function createdForService(
  { signs, names }: Pick<ServicePlan, "signs" | "names">,
  storeUrl: string,
  letsDevicesIn: boolean,
): CreatedForService {
  return {
    storeUrl,
    ...(signs && { signingKey: { kind: "google-kms", keyVersion: names.signingKeyVersion } }),
    ...(letsDevicesIn && {
      clientCertificate: {
        from: "header",
        header: "x-client-cert-leaf",
        trustedProxyCidrs: frontEnd,
      },
    }),
  };
}

/** The configuration as it will be, with a stand-in for a store that does not exist yet. */
export function sampleConfig(
  args: Pick<GoogleTokenServiceArgs, "serviceConfig" | "deviceAuthorities">,
  plan: ServicePlan,
): string {
  const { store } = plan;
  const url = store.kind === "existing" ? store.url : `rediss://10.0.0.2:${storePort}`;
  return args.serviceConfig(createdForService(plan, url, args.deviceAuthorities !== undefined));
}

/** The configuration in the two parts Cloud Run holds. */
export interface SplitConfig extends ListenSettings {
  /** For a file of its own, with the policy's file in its place. */
  readonly config: string;
  /** For a file that is read again; absent where the configuration names a file of its own. */
  readonly trustPolicy: string | undefined;
}

/** `undefined` when the text is not one JSON object. */
export function splitConfig(text: string): SplitConfig | undefined {
  const listen = listenSettings(text);
  if (listen === undefined) return undefined;
  const read: Readonly<Record<string, unknown>> = JSON.parse(text);
  const { trustPolicy } = read;
  return isRecord(trustPolicy) && !("file" in trustPolicy)
    ? {
        config: JSON.stringify({ ...read, trustPolicy: { file: policyFile } }),
        trustPolicy: JSON.stringify(trustPolicy),
        ...listen,
      }
    : { config: text, trustPolicy: undefined, ...listen };
}
