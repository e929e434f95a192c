import { parsedConfig } from "../shared/config-text.ts";
import { isMap, type Properties, type Value } from "../struct.ts";

/** What one configured Google provider means for the resources it serves. */
export interface Settings {
  /** Project of the provider; absent when it was given none. May be unknown at preview. */
  readonly project?: string;
  /** Region of the provider: its own, else that of its zone. */
  readonly region?: string;
  readonly zone?: string;
  /** Labels the provider puts on everything that has labels, its own attribution included. */
  readonly defaultLabels: Readonly<Record<string, Value>>;
  /** `DELETE`, `PREVENT` or `ABANDON`, for resources that do not say. */
  readonly deletionPolicy?: string;
}

/** Put on everything unless `addPulumiAttributionLabel` is false. Source: the provider's own documentation. */
const attribution = { "goog-pulumi-provisioned": "true" };

/** Reads a provider's configuration as the engine sends it (everything but text is JSON text). */
export function readSettings(config: Properties): Settings {
  const project = text(config.project);
  const zone = text(config.zone);
  const region = text(config.region) ?? zone?.replace(/-[a-z]$/, "");
  const deletionPolicy = text(config.deletionPolicy);
  const labels = parsedConfig(config.defaultLabels);
  const attributed = parsedConfig(config.addPulumiAttributionLabel) !== false;
  return {
    ...(project === undefined ? {} : { project }),
    ...(region === undefined ? {} : { region }),
    ...(zone === undefined ? {} : { zone }),
    ...(deletionPolicy === undefined ? {} : { deletionPolicy }),
    defaultLabels: { ...(attributed ? attribution : {}), ...(isMap(labels) ? labels : {}) },
  };
}

function text(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
