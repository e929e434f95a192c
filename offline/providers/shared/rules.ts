import ipaddr from "ipaddr.js";

import type { Failure } from "../failure.ts";
import { isList, isMap, type Properties, unknown, type Value } from "../struct.ts";

/**
 * One thing a service refuses, as data. `at` is a path of names; a list on the way means each of
 * its items. Values not known yet are never refused.
 */
export type Rule =
  | { readonly rule: "cidr"; readonly at: string }
  | {
      readonly rule: "oneOf";
      readonly at: string;
      readonly values: readonly (string | number | boolean)[];
    }
  | { readonly rule: "range"; readonly at: string; readonly min: number; readonly max: number }
  | {
      readonly rule: "matches";
      readonly at: string;
      readonly pattern: RegExp;
      /** What the service wants, for the message. */
      readonly wanted: string;
      /** Whether the message leaves the value out, as it may be a secret in the wrong place. Default: false. */
      readonly unquoted?: boolean;
    }
  | { readonly rule: "exactlyOne" | "atMostOne"; readonly of: readonly string[] }
  /** A duration as text, in whole or part seconds: `3600s`. */
  | { readonly rule: "seconds"; readonly at: string; readonly min: number; readonly max: number }
  | { readonly rule: "hasKey"; readonly at: string; readonly key: string }
  /** What the SDK calls optional and the service does not; a path asks only where its parent is given. */
  | { readonly rule: "needed"; readonly at: string }
  /** Who gives `at` must give `needs` too. */
  | { readonly rule: "requires"; readonly at: string; readonly needs: string }
  | { readonly rule: "count"; readonly at: string; readonly min: number; readonly max: number };

/** Failures of `inputs` against the rules of their type. */
export function checkRules(inputs: Properties, rules: readonly Rule[]): Failure[] {
  return rules.flatMap((rule) => {
    if ("of" in rule) return checkTogether(inputs, rule);
    if (rule.rule === "requires") return checkNeeds(inputs, rule);
    if (rule.rule === "needed") return checkNeeded(inputs, rule.at);
    return valuesAt(inputs, rule.at).flatMap(({ property, value }) => {
      const reason = value === unknown ? undefined : refusal(value, rule);
      return reason === undefined ? [] : [{ property, reason }];
    });
  });
}

function checkTogether(
  inputs: Properties,
  { rule, of }: Extract<Rule, { of: readonly string[] }>,
): Failure[] {
  const given = of.filter((name) => inputs[name] !== undefined);
  const names = of.map((name) => `"${name}"`).join(", ");
  if (given.length > 1)
    return [{ property: given[1] ?? "", reason: `only one of ${names} may be given` }];
  return rule === "exactlyOne" && given.length === 0
    ? [{ property: of[0] ?? "", reason: `one of ${names} must be given` }]
    : [];
}

function checkNeeds(
  inputs: Properties,
  { at, needs }: Extract<Rule, { needs: string }>,
): Failure[] {
  return inputs[at] !== undefined && inputs[needs] === undefined
    ? [{ property: needs, reason: `must be given with "${at}"` }]
    : [];
}

function checkNeeded(inputs: Properties, at: string): Failure[] {
  const dot = at.lastIndexOf(".");
  const name = at.slice(dot + 1);
  const parents = dot < 0 ? [{ property: "", value: inputs }] : valuesAt(inputs, at.slice(0, dot));
  return parents.flatMap(each).flatMap(({ property, value }) =>
    isMap(value) && value[name] === undefined
      ? [
          {
            property: property === "" ? name : `${property}.${name}`,
            reason: "the service requires it",
          },
        ]
      : [],
  );
}

type OneValueRule = Exclude<
  Rule,
  { of: readonly string[] } | { needs: string } | { rule: "needed" }
>;

function refusal(value: Value, rule: OneValueRule): string | undefined {
  switch (rule.rule) {
    case "cidr":
      return typeof value === "string" ? cidrRefusal(value) : undefined;
    case "oneOf":
      return rule.values.some((allowed) => allowed === value)
        ? undefined
        : `${JSON.stringify(value)} is not one of ${rule.values.map((v) => JSON.stringify(v)).join(", ")}`;
    case "range":
      return typeof value !== "number" || (value >= rule.min && value <= rule.max)
        ? undefined
        : `${value} is not between ${rule.min} and ${rule.max}`;
    case "matches":
      return typeof value !== "string" || rule.pattern.test(value)
        ? undefined
        : `${rule.unquoted ? "its text" : `"${value}"`} is not ${rule.wanted}`;
    case "seconds":
      return typeof value === "string" ? secondsRefusal(value, rule) : undefined;
    case "hasKey":
      return !isMap(value) || value[rule.key] !== undefined ? undefined : `has no "${rule.key}"`;
    case "count":
      return !isList(value) || (value.length >= rule.min && value.length <= rule.max)
        ? undefined
        : `has ${value.length} items, must have ${rule.min} to ${rule.max}`;
  }
}

function secondsRefusal(
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): string | undefined {
  const seconds = /^(\d+(?:\.\d{1,9})?)s$/.exec(text)?.[1];
  if (seconds === undefined) return `"${text}" is not a duration in seconds, as in "3600s"`;
  return Number(seconds) >= min && Number(seconds) <= max
    ? undefined
    : `"${text}" is not between ${min}s and ${max}s`;
}

/** The provider wants the first address of the block: `10.0.0.5/16` is refused. */
function cidrRefusal(text: string): string | undefined {
  if (!/^[^/]+\/\d+$/.test(text) || !ipaddr.isValidCIDR(text))
    return `"${text}" is not a CIDR block`;
  const [address, bits] = ipaddr.parseCIDR(text);
  const first =
    address.kind() === "ipv4"
      ? ipaddr.IPv4.networkAddressFromCIDR(text)
      : ipaddr.IPv6.networkAddressFromCIDR(text);
  return first.toString() === address.toString()
    ? undefined
    : `"${text}" is not a CIDR block: it must start at its first address, ${first}/${bits}`;
}

interface Found {
  readonly property: string;
  readonly value: Value;
}

function valuesAt(inputs: Properties, at: string): Found[] {
  let found: Found[] = [{ property: "", value: inputs }];
  for (const name of at.replace("[]", "").split("."))
    found = found.flatMap(each).flatMap(({ property, value }) => {
      const inner = isMap(value) ? value[name] : undefined;
      const path = property === "" ? name : `${property}.${name}`;
      return inner === undefined ? [] : [{ property: path, value: inner }];
    });
  return found.flatMap((one) => (at.endsWith("[]") ? each(one) : [one]));
}

function each({ property, value }: Found): Found[] {
  return isList(value)
    ? value.map((item, index) => ({ property: `${property}[${index}]`, value: item }))
    : [{ property, value }];
}
