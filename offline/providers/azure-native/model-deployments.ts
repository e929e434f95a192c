import { distance } from "fastest-levenshtein";

import type { Failure } from "../failure.ts";
import { isMap, type Properties, type Value } from "../struct.ts";
import { isOpen } from "./template-resources.ts";

const deploymentType = "microsoft.cognitiveservices/accounts/deployments";

/**
 * Properties of a deployment, the one included that REST documents do not name.
 * Sources: https://learn.microsoft.com/en-us/azure/templates/microsoft.cognitiveservices/accounts/deployments and
 * https://github.com/Azure/azure-rest-api-specs/issues/43610, read 2026-11-21.
 */
const propertyNames = [
  ...["model", "modelProviderData", "versionUpgradeOption", "raiPolicyName", "capacitySettings"],
  ...["currentCapacity", "parentDeploymentName", "scaleSettings", "spilloverDeploymentName"],
];

const upgradeOptions = [
  "OnceNewDefaultVersionAvailable",
  "OnceCurrentVersionExpired",
  "NoAutoUpgrade",
];

/** Why Azure would refuse a model deployment in a template; none for a resource of another type. */
export function deploymentFailures(
  resource: Properties,
  path: string,
  apiVersion: Value | undefined,
): Failure[] {
  if (!isDeployment(resource)) return [];
  const { sku, properties } = resource;
  const failures: Failure[] = [];
  const check = new Leaves(failures);
  if (typeof apiVersion === "string" && !isOpen(apiVersion) && apiVersion < "2025-09-01")
    failures.push({
      property: `${path}.apiVersion`,
      reason: `"${apiVersion}" does not know modelProviderData; 2025-12-01 does`,
    });
  const inSku = check.object(sku, `${path}.sku`);
  if (inSku !== undefined) {
    check.text(inSku, "name", `${path}.sku`, /./, "a SKU, as DataZoneStandard");
    check.capacity(inSku.capacity, `${path}.sku.capacity`);
  }
  const inProperties = check.object(properties, `${path}.properties`);
  if (inProperties === undefined) return failures;
  check.names(inProperties, `${path}.properties`);
  check.upgrade(inProperties.versionUpgradeOption, `${path}.properties.versionUpgradeOption`);
  const model = check.object(inProperties.model, `${path}.properties.model`);
  if (model === undefined) return failures;
  const at = `${path}.properties.model`;
  check.text(model, "format", at, /./, "the model's format, as Anthropic");
  check.text(model, "name", at, /./, "the model's name, as claude-sonnet-5-5");
  check.text(model, "version", at, /./, 'the model\'s version as text, as "2"');
  if (model.format === "Anthropic") claudeFailures(inProperties, inSku, path, check);
  return failures;
}

/** What Anthropic's models need beyond others: one of two SKUs, and who signs the offer. */
function claudeFailures(
  properties: Properties,
  sku: Properties | undefined,
  path: string,
  check: Leaves,
): void {
  const skus = /^(GlobalStandard|DataZoneStandard)$/;
  if (sku?.name !== undefined)
    check.text(sku, "name", `${path}.sku`, skus, "GlobalStandard or DataZoneStandard for Claude");
  const at = `${path}.properties.modelProviderData`;
  const data = check.object(properties.modelProviderData, at);
  if (data === undefined) return;
  check.text(data, "organizationName", at, /\S/, "the legal name of the organization");
  check.text(data, "countryCode", at, /^[A-Z]{2}$/, "a country of two capitals, as DE");
  check.text(data, "industry", at, /^[a-z]+$/, "an industry in lower case, as finance");
}

/** Collects what is wrong with single leaves; expressions and unknown values pass. */
class Leaves {
  readonly #failures: Failure[];

  constructor(failures: Failure[]) {
    this.#failures = failures;
  }

  object(value: Value | undefined, property: string): Properties | undefined {
    if (isMap(value)) return value;
    if (!isOpen(value))
      this.#failures.push({ property, reason: "a model deployment needs this object" });
    return undefined;
  }

  text(parent: Properties, name: string, at: string, pattern: RegExp, wanted: string): void {
    const value = parent[name];
    if (isOpen(value)) return;
    if (typeof value === "string" && pattern.test(value)) return;
    const given = value === undefined ? "" : `, not ${JSON.stringify(value)}`;
    this.#failures.push({
      property: `${at}.${name}`,
      reason: `a model deployment needs ${wanted}${given}`,
    });
  }

  capacity(value: Value | undefined, property: string): void {
    if (isOpen(value) || (typeof value === "number" && Number.isInteger(value) && value > 0))
      return;
    this.#failures.push({
      property,
      reason: "a model deployment needs a whole number of thousands of tokens a minute, from 1 on",
    });
  }

  names(properties: Properties, at: string): void {
    for (const name of Object.keys(properties).filter((one) => !propertyNames.includes(one))) {
      const [nearest = ""] = [...propertyNames].sort(
        (a, b) => distance(a, name) - distance(b, name),
      );
      this.#failures.push({
        property: `${at}.${name}`,
        reason: `a model deployment has no property of this name; did you mean "${nearest}"?`,
      });
    }
  }

  upgrade(value: Value | undefined, property: string): void {
    if (value === undefined || isOpen(value)) return;
    if (typeof value === "string" && upgradeOptions.includes(value)) return;
    this.#failures.push({
      property,
      reason: `${JSON.stringify(value)} is not one of ${upgradeOptions.map((one) => `"${one}"`).join(", ")}`,
    });
  }
}

/** True for a model deployment, whatever its case. */
export function isDeployment({ type }: Properties): boolean {
  return typeof type === "string" && type.toLowerCase() === deploymentType;
}
