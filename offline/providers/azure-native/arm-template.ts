import type { Failure } from "../failure.ts";
import { holdsUnknown, isList, isMap, type Properties, unknown, type Value } from "../struct.ts";
import { unchainedFailures } from "./deployment-order.ts";
import { deploymentFailures } from "./model-deployments.ts";
import { isOpen, listOf, templateResources } from "./template-resources.ts";

/** Parts a template may have. Source: https://learn.microsoft.com/en-us/azure/azure-resource-manager/templates/syntax, read 2026-11-21. */
const templateKeys = new Set([
  ...["$schema", "contentVersion", "languageVersion", "apiProfile", "definitions", "metadata"],
  ...["parameters", "variables", "functions", "resources", "outputs"],
]);

const resourceKeys = new Set([
  ...["type", "apiVersion", "name", "location", "sku", "kind", "plan", "identity", "zones", "tags"],
  ...["properties", "dependsOn", "condition", "copy", "comments", "scope", "metadata", "existing"],
]);

/**
 * Why Azure would refuse an inline template. Leaves that are not known yet are let through, and so are
 * expressions in brackets, which only Azure evaluates.
 */
export function templateFailures(
  template: Value | undefined,
  at: string,
  parameters: Value | undefined,
): Failure[] {
  if (template === undefined || template === unknown) return [];
  if (!isMap(template))
    return [{ property: at, reason: "is not a template object; Azure refuses one given as text" }];
  return [
    ...headFailures(template, at),
    ...templateResources(template, at).flatMap(({ resource, path }) =>
      resourceFailures(resource, path),
    ),
    ...twiceFailures(template, at),
    ...unchainedFailures(template, at),
    ...parameterFailures(template, at, parameters),
  ];
}

function headFailures(template: Properties, at: string): Failure[] {
  const { $schema: schema, contentVersion: version, resources } = template;
  const failures: Failure[] = Object.keys(template)
    .filter((name) => !templateKeys.has(name))
    .map((name) => ({ property: `${at}.${name}`, reason: "a template has no part of this name" }));
  const isSchema =
    typeof schema === "string" &&
    (schema === unknown || /deploymentTemplate\.json#?$/i.test(schema));
  if (!isSchema)
    failures.push({
      property: `${at}.$schema`,
      reason:
        "a template needs it: https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    });
  const isVersion =
    typeof version === "string" && (version === unknown || /^\d+(\.\d+){3}$/.test(version));
  if (!isVersion)
    failures.push({
      property: `${at}.contentVersion`,
      reason: 'a template needs it, four numbers as in "1.0.0.0"',
    });
  if (resources !== unknown && !isList(resources) && !isMap(resources))
    failures.push({ property: `${at}.resources`, reason: "a template needs a list of resources" });
  return failures;
}

function resourceFailures(resource: Value, path: string): Failure[] {
  if (resource === unknown) return [];
  if (!isMap(resource)) return [{ property: path, reason: "is not a resource" }];
  const { type, apiVersion, name } = resource;
  const failures: Failure[] = Object.keys(resource)
    .filter((key) => !resourceKeys.has(key))
    .map((key) => ({
      property: `${path}.${key}`,
      reason: "a resource in a template has no part of this name",
    }));
  const text = (key: string, pattern: RegExp, wanted: string) => {
    const value = resource[key];
    if (isOpen(value)) return;
    if (typeof value !== "string" || !pattern.test(value))
      failures.push({
        property: `${path}.${key}`,
        reason: `a resource in a template needs ${wanted}`,
      });
  };
  text("type", /^[\w.]+(\/\w+)+$/, "its type, as Microsoft.CognitiveServices/accounts/deployments");
  text("apiVersion", /^\d{4}-\d{2}-\d{2}(-\w+)?$/, "the version of its API, as 2025-12-01");
  text("name", /./, "a name");
  if (typeof type === "string" && typeof name === "string" && !isOpen(type) && !isOpen(name)) {
    const kinds = type.split("/").length - 1;
    const parts = name.split("/").length;
    if (!name.includes(unknown) && kinds !== parts)
      failures.push({
        property: `${path}.name`,
        reason: `"${name}" has ${parts} of the ${kinds} parts a ${type} needs, as in ${Array.from({ length: kinds }, () => "NAME").join("/")}`,
      });
  }
  return [...failures, ...deploymentFailures(resource, path, apiVersion)];
}

function twiceFailures(template: Properties, at: string): Failure[] {
  const seen = new Set<string>();
  return templateResources(template, at).flatMap(({ resource, path }) => {
    if (!isMap(resource) || isOpen(resource.name) || isOpen(resource.type)) return [];
    const key = `${String(resource.type)} ${String(resource.name)}`.toLowerCase();
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ property: path, reason: `"${String(resource.name)}" is in the template twice` }];
  });
}

/** Parameters must be declared to be used, and must have a value to be deployed. */
function parameterFailures(
  template: Properties,
  at: string,
  parameters: Value | undefined,
): Failure[] {
  const declared = template.parameters ?? {};
  if (!isMap(declared) || parameters === unknown) return [];
  const given = isMap(parameters) ? parameters : {};
  const used = new Set(textsIn(template).flatMap(parametersIn));
  const undeclared = [...used].filter((name) => declared[name] === undefined);
  const unset = Object.entries(declared).filter(
    ([name, value]) =>
      isMap(value) && value.defaultValue === undefined && given[name] === undefined,
  );
  const unasked = Object.keys(given).filter((name) => declared[name] === undefined);
  const beside = at.includes(".") ? at.replace(/[^.]+$/, "parameters") : "parameters";
  return [
    ...undeclared.map((name) => ({
      property: `${at}.parameters`,
      reason: `the template uses the parameter "${name}" and does not declare it`,
    })),
    ...unset.map(([name]) => ({
      property: beside,
      reason: `the template's parameter "${name}" has neither a value nor a default`,
    })),
    ...unasked.map((name) => ({
      property: `${beside}.${name}`,
      reason: "the template declares no parameter of this name",
    })),
  ];
}

function parametersIn(text: string): string[] {
  if (!/^\[(?!\[)/.test(text)) return [];
  return [...text.matchAll(/\bparameters\('([^']+)'\)/g)].map(([, name = ""]) => name);
}

function textsIn(value: Value): string[] {
  if (typeof value === "string") return [value];
  if (isList(value)) return value.flatMap(textsIn);
  return isMap(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** Ids of what a stack manages, for its outputs; empty while any name is open. */
export function managedIds(template: Value | undefined, prefix: string): string[] {
  if (!isMap(template) || holdsUnknown(template)) return [];
  return listOf(template.resources).flatMap((resource) => {
    if (!isMap(resource) || isOpen(resource.name) || isOpen(resource.type)) return [];
    const [provider = "", ...kinds] = String(resource.type).split("/");
    const names = String(resource.name).split("/");
    const tail = kinds.map((kind, index) => `/${kind}/${names[index] ?? ""}`).join("");
    return [`${prefix}/providers/${provider}${tail}`];
  });
}
