import type { z } from "zod";

import { isRecord } from "../residency/is-record.ts";
import { didYouMean } from "../residency/nearest.ts";
import type { Problem } from "../residency/problem.ts";
import { child, shapeAt } from "./shape.ts";

type Issue = z.core.$ZodIssue;

/** What a reader needs to repair each value: where, what is wrong, and the nearest thing that is right. */
export function configProblems(issues: readonly Issue[], given: unknown): Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, given));
}

function problemsOf(issue: Issue, given: unknown): Problem[] {
  const path = pathText(issue.path);
  const value = issue.path.reduce<unknown>(child, given);
  if (shapeAt(issue.path, given)?.writeOnly === true) {
    return [{ path, reason: value === undefined ? "missing" : unshown(issue) }];
  }
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = Object.keys(shapeAt(issue.path, given)?.properties ?? {});
      return issue.keys.map((key) => ({
        path: pathText([...issue.path, key]),
        reason: `unknown key; ${choices(key, known)}`,
      }));
    }
    case "invalid_value":
      return [{ path, reason: wrongChoice(value, issue.values.map(String)) }];
    case "invalid_union":
      return unionProblems(issue, path, value, given);
    case "invalid_type":
      return [{ path, reason: value === undefined ? "missing" : wrongType(issue.expected, value) }];
    default:
      return [{ path, reason: value === "" ? "may not be empty" : wrongFormat(issue, value) }];
  }
}

/** What is wrong with a value nobody may read in a log, without the value. */
function unshown(issue: Issue): string {
  return issue.code === "invalid_type"
    ? `expected ${typeNames.get(issue.expected) ?? issue.expected}`
    : issue.message;
}

function unionProblems(
  issue: Extract<Issue, { code: "invalid_union" }>,
  path: string,
  value: unknown,
  given: unknown,
): Problem[] {
  if ("options" in issue && Array.isArray(issue.options)) {
    return [{ path, reason: wrongChoice(value, issue.options.map(String)) }];
  }
  if (value === undefined) return [{ path, reason: "missing" }];
  // The branch that got past the type of the value itself is the one that was meant.
  const meant = issue.errors.find((branch) =>
    branch.every((inner) => inner.code !== "invalid_type" || inner.path.length > 0),
  );
  if (meant === undefined)
    return [{ path, reason: wrongType("a zone id or a custom zone", value) }];
  return meant.flatMap((inner) =>
    problemsOf({ ...inner, path: [...issue.path, ...inner.path] }, given),
  );
}

function wrongChoice(value: unknown, options: readonly string[]): string {
  if (value === undefined) return `missing; use one of ${options.join(", ")}`;
  return typeof value === "string"
    ? `"${value}" is not a choice; ${choices(value, options)}`
    : `${kindOf(value)} is not a choice; use one of ${options.join(", ")}`;
}

function choices(given: string, known: readonly string[]): string {
  const hint = didYouMean(given, known);
  return `use one of ${known.join(", ")}${hint}`;
}

/** What YAML authors call the types of the schema. */
const typeNames: ReadonlyMap<string, string> = new Map([
  ["int", "a whole number"],
  ["number", "a number"],
  ["string", "text"],
  ["boolean", "true or false"],
  ["array", "a list"],
  ["object", "a mapping"],
  ["record", "a mapping"],
]);

function wrongType(expected: string, value: unknown): string {
  if (value === null) return "has no value; write one, or leave the key out";
  const wanted = typeNames.get(expected) ?? expected;
  const quotes = expected === "string" && typeof value !== "object" ? "; write it in quotes" : "";
  return `expected ${wanted}, got ${kindOf(value)}${quotes}`;
}

function wrongFormat(issue: Issue, value: unknown): string {
  if (typeof value === "number" && issue.code === "too_small") {
    return `${value} is too small; use ${issue.minimum} at least`;
  }
  if (typeof value === "number" && issue.code === "too_big") {
    return `${value} is too big; use ${issue.maximum} at most`;
  }
  return typeof value === "string" || typeof value === "number"
    ? `"${value}": ${issue.message}`
    : issue.message;
}

function kindOf(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (isRecord(value)) return "a mapping";
  return typeof value === "string" ? `"${value}"` : `${typeof value} ${String(value)}`;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "config" : path.map(String).join(".");
}
