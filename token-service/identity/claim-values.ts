import { isRecord } from "../../residency/is-record.ts";
import type { Refused } from "../identity.ts";
import { isRefused, refuse } from "./refused.ts";

/** Entra lists at most 200 groups in a token and then leaves the claim out. */
const maxValues = 200;
const maxValueCharacters = 256;

/**
 * A claim's values as texts; undefined when the token has no such claim. The literal name goes first:
 * `https://example.com/roles` is one claim. Only where there is none are dots a path into nested claims.
 *
 * What is longer than the limits is refused, not cut or dropped: a policy or a revocation would otherwise be
 * judged by a part of what the issuer said.
 */
export function claimValues(
  payload: Readonly<Record<string, unknown>>,
  name: string,
): readonly string[] | undefined | Refused {
  const value = Object.hasOwn(payload, name) ? payload[name] : nested(payload, name);
  if (value === undefined || value === null) return undefined;
  const malformed = (what: string) => refuse("token_malformed", `the claim ${name} ${what}`);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > maxValues) return malformed(`has more than ${maxValues} values`);
  const texts: string[] = [];
  for (const entry of list) {
    const text = textOf(entry);
    if (text === undefined) return malformed("is neither a text nor a list of texts");
    if (text.length > maxValueCharacters) {
      return malformed(`has a value of more than ${maxValueCharacters} characters`);
    }
    if (hasControlCharacters(text)) return malformed("has a value with control characters");
    texts.push(text);
  }
  return texts;
}

/** The one value of a claim; undefined when there is none or it is empty. */
export function soleClaimValue(
  payload: Readonly<Record<string, unknown>>,
  name: string,
): string | undefined | Refused {
  const values = claimValues(payload, name);
  if (values === undefined || isRefused(values)) return values;
  if (values.length > 1) {
    return refuse("token_malformed", `the claim ${name} has several values where one is meant`);
  }
  return values[0] === "" ? undefined : values[0];
}

/** C0, DEL and C1: a name with a line break in it is two names to whoever reads a log. */
export function hasControlCharacters(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : undefined;
}

function nested(payload: Readonly<Record<string, unknown>>, name: string): unknown {
  if (!name.includes(".")) return undefined;
  let value: unknown = payload;
  for (const part of name.split(".")) {
    if (!isRecord(value) || !Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}
