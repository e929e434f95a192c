import type { Failure } from "../failure.ts";
import { holdsUnknown, isMap, type Properties, unknown, type Value } from "../struct.ts";
import { checkShape } from "./check-shape.ts";
import { withDefaultLists } from "./default-lists.ts";
import type { AutoName } from "./resource-type.ts";
import { type Modelled, schema } from "./resource-types.ts";
import { checkRules } from "./rules.ts";
import type { Settings } from "./settings.ts";
import { digits } from "./template.ts";

/** A resource the program asks for. */
export interface Asked {
  readonly type: Modelled;
  readonly urn: string;
  /** Inputs of the last run; empty for a resource that is new. */
  readonly olds: Properties;
  readonly news: Properties;
  readonly settings: Settings;
}

/** Inputs as the real provider would hold them, and everything it would refuse. */
export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly Failure[];
}

/**
 * Does what the real provider does in Check: refuses what the SDK's types do not have, writes the
 * provider's region in, turns policies into text, fills defaults and makes names.
 */
export function checkInputs(asked: Asked): Checked {
  const { type } = asked;
  const { __defaults: _, ...given } = asked.news;
  const shape = { fields: type.schema.inputs, types: schema.types, owner: type.token, at: "" };
  const failures = checkShape(given, shape);
  const inputs: Record<string, Value> = { ...given };
  failures.push(...placeInRegion(inputs, asked));
  failures.push(...policiesToText(inputs, type));
  for (const [name, value] of Object.entries(type.defaults ?? {})) inputs[name] ??= value;
  const naming = autoNameOf(type);
  if (naming !== undefined) nameIt(inputs, naming, asked);
  failures.push(...checkRules(inputs, type.rules ?? []));
  return { inputs: withDefaultLists(inputs, type.schema.inputs, schema.types), failures };
}

function placeInRegion(inputs: Record<string, Value>, { type, settings }: Asked): Failure[] {
  if (!type.schema.inputs.has("region")) return [];
  const region = inputs.region ?? settings.region;
  if (region === undefined)
    return [
      {
        property: "region",
        reason: "neither the resource nor its provider names a region; set `region` on either",
      },
    ];
  inputs.region = region;
  return region === unknown || /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(String(region))
    ? []
    : [{ property: "region", reason: `"${region}" is not a region` }];
}

/** One unknown leaf makes the whole text unknown: the real provider cannot print half a document. */
function policiesToText(inputs: Record<string, Value>, type: Modelled): Failure[] {
  const failures: Failure[] = [];
  for (const [name, value] of Object.entries(inputs)) {
    const kind = type.schema.inputs.get(name)?.kind;
    const isDocument = type.json?.includes(name) || kind?.is === "either";
    if (!isDocument || value === unknown) continue;
    if (isMap(value)) inputs[name] = holdsUnknown(value) ? unknown : JSON.stringify(value);
    else if (typeof value === "string" && !parses(value))
      failures.push({ property: name, reason: "contains an invalid JSON policy" });
  }
  return failures;
}

function parses(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

/** How a type is named when the program does not: its own way, else any optional `name`. */
export function autoNameOf(type: Modelled): AutoName | undefined {
  if (type.autoName === "none") return undefined;
  if (type.autoName !== undefined) return type.autoName;
  const field = type.schema.inputs.get("name");
  return field !== undefined && !field.required ? { input: "name", maxLength: 255 } : undefined;
}

function nameIt(inputs: Record<string, Value>, naming: AutoName, asked: Asked): void {
  const { input, prefix = "" } = naming;
  if (inputs[input] !== undefined || inputs[`${input}Prefix`] !== undefined) return;
  const logical = asked.urn.slice(asked.urn.lastIndexOf("::") + 2);
  const base = prefix + (naming.lowerCase ? logical.toLowerCase() : logical);
  const stem = base.slice(0, naming.maxLength - 8);
  const old = asked.olds[input];
  if (typeof old === "string" && old.startsWith(`${stem}-`) && /-[0-9a-f]{7}$/.test(old)) {
    inputs[input] = old;
    return;
  }
  // The real provider draws from a random seed; this one from what makes a replacement another
  // resource, so that every machine sees the same name.
  const { settings, type, urn } = asked;
  const identity = type.replaceOn.map((name) => [name, inputs[name] ?? null]);
  const seed = JSON.stringify([
    urn,
    settings.accountId,
    inputs.region ?? settings.region,
    identity,
  ]);
  inputs[input] = `${stem}-${digits(seed, "name").slice(0, 7)}`;
}
