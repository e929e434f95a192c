import { nearestName } from "../residency/nearest.ts";
import type { Problem } from "../residency/problem.ts";
import { configProblems } from "./config-problems.ts";
import { configSchema, type GeographyConfig, type RouteConfig } from "./config-schema.ts";
import { withTypes } from "./shape.ts";

export type { GeographyConfig, RouteConfig };

/** Namespace of every key of the kit in a stack's file. */
export const namespace = "cowork";

export type ParsedConfig =
  | { readonly config: GeographyConfig }
  | { readonly problems: readonly Problem[] };

/**
 * Reads the configuration of one geography, keys without `cowork:`. Every problem at once; what spans
 * several values (overlaps, residency) is judged in config-rules.ts.
 */
export function parseConfig(values: Readonly<Record<string, unknown>>): ParsedConfig {
  const typed = withTypes(values);
  const parsed = configSchema.safeParse(typed);
  return parsed.success
    ? { config: parsed.data }
    : { problems: configProblems(parsed.error.issues, typed) };
}

/**
 * The values under `cowork:` as Pulumi hands them over: objects and lists are JSON text there.
 * @param all every configuration value of the stack, by full key (`pulumi.runtime.allConfig()`)
 */
export function valuesFromPulumi(all: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    ownKeys(all).map(([key, value]) => [key, /^\s*[[{]/.test(value) ? fromJson(value) : value]),
  );
}

/**
 * Keys that look meant for the kit and would silently do nothing: no namespace, the project's name, or
 * a misspelt one. Other providers' keys (`aws:region`) are none of our business.
 */
export function strayKeys(keys: readonly string[]): Problem[] {
  return keys.flatMap((key) => {
    const [space, name] = key.includes(":") ? splitKey(key) : ["", key];
    if (space === namespace) return [];
    const meant =
      space === "" ||
      space === "cowork-landing-zone" ||
      (space !== "config" &&
        nearestName(space, [namespace]) !== undefined &&
        space.startsWith("co"));
    if (!meant) return [];
    return [{ path: key, reason: `write "${namespace}:${name}"; only that namespace is read` }];
  });
}

function ownKeys<T>(all: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(all).flatMap(([key, value]): [string, T][] => {
    const [space, name] = splitKey(key);
    return space === namespace ? [[name, value]] : [];
  });
}

function splitKey(key: string): [space: string, name: string] {
  const colon = key.indexOf(":");
  return [key.slice(0, Math.max(colon, 0)), key.slice(colon + 1)];
}

/** Text that is no JSON stays text, so that the schema can name the place where it stands. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
