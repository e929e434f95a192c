import type { Properties, Value } from "../struct.ts";

/** What a provider instance is configured with, read from `azuread.Provider`. */
export interface Settings {
  readonly tenantId: string;
  readonly clientId: string;
}

/** Used when nobody says, as the real provider takes what `az login` left behind. */
const offline = {
  tenantId: "bbbbbbbb-0000-4000-8000-000000000001",
  clientId: "cccccccc-0000-4000-8000-000000000001",
};

/** Reads a provider's configuration as the engine sends it. */
export function readSettings(config: Properties): Settings {
  return {
    tenantId: text(config.tenantId) ?? offline.tenantId,
    clientId: text(config.clientId) ?? offline.clientId,
  };
}

function text(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
