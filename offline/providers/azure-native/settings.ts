import type { Properties, Value } from "../struct.ts";

/** What a provider instance is configured with, read from `azure-native.Provider`. */
export interface Settings {
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** Location of what names none. Default: that of its resource group. */
  readonly location?: string;
}

/** Used when nobody says, as the real provider takes what `az login` left behind. */
const offline = {
  subscriptionId: "aaaaaaaa-0000-4000-8000-000000000001",
  tenantId: "bbbbbbbb-0000-4000-8000-000000000001",
  clientId: "cccccccc-0000-4000-8000-000000000001",
};

/** Reads a provider's configuration as the engine sends it. */
export function readSettings(config: Properties): Settings {
  const location = text(config.location);
  return {
    subscriptionId: text(config.subscriptionId) ?? offline.subscriptionId,
    tenantId: text(config.tenantId) ?? offline.tenantId,
    clientId: text(config.clientId) ?? offline.clientId,
    ...(location === undefined ? {} : { location }),
  };
}

function text(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
