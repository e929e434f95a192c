import type { Resource, RuleContext } from "./rule.ts";
import { isUnknownRead } from "./unknown.ts";

/** A value found on a property path. */
export interface Found {
  /** The path with list indexes filled in. */
  readonly path: string;
  /** `undefined` when only the resources it came from are known. */
  readonly value: unknown;
  /** Resources the value came from when it is not known yet. */
  readonly sources: readonly Resource[];
}

/**
 * Values on a path such as `rules.*.destination.bucket`; an absent branch yields nothing.
 * A value that is not known yet yields its sources of the wanted types; without any, it throws as
 * any other read does, so that the rule ends as "not proven".
 */
export function valuesAt(
  resource: Resource,
  path: string,
  sourceTypes: ReadonlySet<string>,
): readonly Found[] {
  try {
    return walk(resource.props, path.split("."), []);
  } catch (error) {
    if (!isUnknownRead(error)) throw error;
    const [property = path] = path.split(".");
    const sources = resource.dependenciesOf(property).filter(({ type }) => sourceTypes.has(type));
    if (sources.length === 0) throw error;
    return [{ path, value: undefined, sources }];
  }
}

function walk(
  value: unknown,
  rest: readonly string[],
  walked: readonly string[],
): readonly Found[] {
  const [step, ...after] = rest;
  if (value === undefined || value === null) return [];
  if (step === undefined) return [{ path: walked.join("."), value, sources: [] }];
  if (step === "*") {
    // Some inputs take one block where others take a list: both are read.
    if (!Array.isArray(value)) return walk(value, after, walked);
    return value.flatMap((_, index) =>
      walk((value as readonly unknown[])[index], after, [...walked, String(index)]),
    );
  }
  if (typeof value !== "object") return [];
  return walk((value as Readonly<Record<string, unknown>>)[step], after, [...walked, step]);
}

/** The resource of given types whose property has a value; one whose property is unknown never matches. */
export function findByName(
  { stack }: RuleContext,
  types: ReadonlySet<string>,
  property: string,
  name: string,
): Resource | undefined {
  return stack.find(types, property, name);
}
