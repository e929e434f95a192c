import { readersOf } from "./lists.ts";
import type { Finding, Resource, RuleContext } from "./rule.ts";
import { isUnknownRead, notProven, orNotProven, type UnknownRead } from "./unknown.ts";

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
 * any other read does, so that the rule ends as "not proven". {@link judgeEach} also judges what stands beside it.
 */
export function valuesAt(
  resource: Resource,
  path: string,
  sourceTypes: ReadonlySet<string>,
): readonly Found[] {
  const { found, unknown } = look(resource, path, sourceTypes);
  if (unknown !== undefined) throw unknown;
  return found;
}

/** Judges the values {@link valuesAt} yields; one that is not known yet is "not proven" and hides none of the others. */
export function judgeEach(
  resource: Resource,
  path: string,
  sourceTypes: ReadonlySet<string>,
  judge: (found: Found) => readonly Finding[],
): readonly Finding[] {
  const { found, unknown } = look(resource, path, sourceTypes);
  return [
    ...found.flatMap((one) => orNotProven(() => judge(one))),
    ...(unknown === undefined ? [] : [notProven(unknown)]),
  ];
}

/** What is known on a path, and the first value that is not and whose sources are not seen either. */
function look(
  resource: Resource,
  path: string,
  sourceTypes: ReadonlySet<string>,
): { readonly found: readonly Found[]; readonly unknown: UnknownRead | undefined } {
  const unknowns: UnknownRead[] = [];
  const known = walk(() => resource.props, path.split("."), [], unknowns);
  const [unknown] = unknowns;
  if (unknown === undefined) return { found: known, unknown };
  const [property = path] = path.split(".");
  const sources = resource.dependenciesOf(property).filter(({ type }) => sourceTypes.has(type));
  return sources.length === 0
    ? { found: known, unknown }
    : { found: [{ path, value: undefined, sources }, ...known], unknown: undefined };
}

function walk(
  read: () => unknown,
  rest: readonly string[],
  walked: readonly string[],
  unknowns: UnknownRead[],
): readonly Found[] {
  const value = readOr(read, unknowns);
  const [step, ...after] = rest;
  if (value === undefined || value === null) return [];
  if (step === undefined) return [{ path: walked.join("."), value, sources: [] }];
  if (step === "*") {
    // Some inputs take one block where others take a list: both are read.
    if (!Array.isArray(value)) return walk(() => value, after, walked, unknowns);
    return readersOf(value).flatMap((entry, index) =>
      walk(entry, after, [...walked, String(index)], unknowns),
    );
  }
  if (typeof value !== "object") return [];
  const fields = value as Readonly<Record<string, unknown>>;
  return walk(() => fields[step], after, [...walked, step], unknowns);
}

/** Notes a value that is not known yet and goes on without it. */
function readOr(read: () => unknown, unknowns: UnknownRead[]): unknown {
  try {
    return read();
  } catch (error) {
    if (!isUnknownRead(error)) throw error;
    unknowns.push(error);
    return undefined;
  }
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
