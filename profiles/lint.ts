import { didYouMean } from "../residency/nearest.ts";
import type { Problem } from "../residency/problem.ts";
import { contradictions } from "./contradictions.ts";
import { currentKeyNames, type DesktopKey, findKey, keyListDate } from "./keys/keys.ts";
import type { Settings, SettingValue } from "./setting-value.ts";
import { isList, textProblems } from "./text.ts";

/**
 * Everything in a set of settings that Claude Desktop would ignore, reject or read differently than
 * meant: unknown, retired or misplaced keys, wrong types, values out of range, contradictions, and text
 * no channel can carry. An empty list is the permission to write.
 */
export function lintSettings(settings: Settings): Problem[] {
  return [
    ...Object.entries(settings).flatMap(([key, value]) => keyProblems(key, value)),
    ...textProblems(settings),
    ...contradictions(settings),
  ];
}

function keyProblems(key: string, value: SettingValue): Problem[] {
  const known = findKey(key);
  if (known === undefined) {
    const hint = didYouMean(key, currentKeyNames);
    return [{ path: key, reason: `not a key of the list of ${keyListDate}${hint}` }];
  }
  const retired = retirement(known);
  if (retired !== undefined) return [{ path: key, reason: retired }];
  const reason = valueProblem(known, value);
  return reason === undefined ? [] : [{ path: key, reason }];
}

function retirement({ status, availability, deprecated, replacedBy }: DesktopKey) {
  const instead = replacedBy === undefined ? "" : `; write "${replacedBy}" instead`;
  if (status === "legacy") return `retired: ${deprecated ?? "no longer read"}${instead}`;
  if (status === "standard-only") return `has no effect in third-party mode${instead}`;
  if (availability === "admin-console") return "is read from Anthropic's admin console only";
  return undefined;
}

function valueProblem(known: DesktopKey, value: SettingValue): string | undefined {
  switch (known.type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : `must be true or false, not ${shown(value)}`;
    case "integer":
      if (typeof value !== "number" || !Number.isSafeInteger(value)) {
        return `must be a whole number, not ${shown(value)}`;
      }
      return outOfRange(known, value);
    case "number":
      if (typeof value !== "number" || !Number.isFinite(value)) {
        return `must be a number, not ${shown(value)}`;
      }
      return outOfRange(known, value);
    case "string":
      if (typeof value !== "string" || value === "") {
        return `must be a text that is not empty, not ${shown(value)}`;
      }
      return known.maxLength !== undefined && value.length > known.maxLength
        ? `has ${value.length} characters; at most ${known.maxLength} are accepted`
        : undefined;
    case "enum":
      return isOneOf(known, value)
        ? undefined
        : `must be one of ${list(known)}, not ${shown(value)}`;
    case "object":
      return isObject(value) ? undefined : `must be an object, not ${shown(value)}`;
    case "enum[]":
      return isList(value) && value.every((item) => isOneOf(known, item))
        ? undefined
        : `must be a list of ${list(known)}, not ${shown(value)}`;
    case "string[]":
      return isList(value) && value.every((item) => typeof item === "string" && item !== "")
        ? undefined
        : `must be a list of texts, not ${shown(value)}`;
    case "object[]":
      return isList(value) && value.every((item) => isObject(item) || acceptsText(known, item))
        ? undefined
        : `must be a list of objects, not ${shown(value)}`;
  }
}

/** Plain texts are documented as accepted in these two lists of objects. */
function acceptsText({ key }: DesktopKey, item: SettingValue): boolean {
  const documented = key === "inferenceModels" || key === "allowedWorkspaceFolders";
  return documented && typeof item === "string" && item !== "";
}

function outOfRange({ min, max }: DesktopKey, value: number): string | undefined {
  if (min !== undefined && value < min) return `${value} is below ${min}`;
  if (max !== undefined && value > max) return `${value} is above ${max}`;
  return undefined;
}

function isOneOf({ values = [] }: DesktopKey, value: SettingValue): boolean {
  return typeof value === "string" && values.includes(value);
}

function isObject(value: SettingValue): boolean {
  return typeof value === "object" && value !== null && !isList(value);
}

function list({ values = [] }: DesktopKey): string {
  return values.join(", ");
}

function shown(value: SettingValue): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
