import { createHash } from "node:crypto";

import { isList, isMap, unknown, type Value } from "../struct.ts";

/** Everything a template may name. */
export interface Facts {
  /** Texts by name: account, region, partition, inputs, outputs made so far. */
  readonly named: (name: string) => Value | undefined;
  /** What the resource is: URN, account, region, and the inputs that make it another one. */
  readonly seed: string;
}

/**
 * Fills a template: `{name}`, `{hex:17}`, `{upper:17}`, `{decimal:12}`, `{uuid}`. A third part (`{hex:17:other}`)
 * draws the digits another output draws. Anything not known yet makes the whole text unknown.
 */
export function fill(template: Value, facts: Facts, output: string): Value {
  if (isList(template)) return template.map((item) => fill(item, facts, output));
  if (isMap(template))
    return Object.fromEntries(
      Object.entries(template).map(([key, value]) => [key, fill(value, facts, output)]),
    );
  if (typeof template !== "string") return template;
  let missing = false;
  const text = template.replaceAll(
    /(?<!\$)\{([a-zA-Z]\w*)(?::(\d+))?(?::(\w+))?\}/g,
    (_, name: string, length: string | undefined, other: string | undefined) => {
      const digest = digits(facts.seed, other ?? output);
      if (name === "hex") return digest.slice(0, Number(length));
      if (name === "upper") return letters(digest, Number(length));
      if (name === "decimal") return decimals(digest, Number(length));
      if (name === "uuid") return uuidOf(digest);
      const value = facts.named(name);
      if (value === unknown) missing = true;
      if (value === undefined) throw new Error(`template "${template}" names "${name}"`);
      return String(value);
    },
  );
  return missing ? unknown : text;
}

/** 64 hex digits that depend on the seed and the purpose only. */
export function digits(seed: string, purpose: string): string {
  return createHash("sha256").update(`${purpose}\n${seed}`).digest("hex");
}

function letters(digest: string, length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return Array.from({ length }, (_, at) => {
    const byte = Number.parseInt(digest.slice(at * 2, at * 2 + 2), 16);
    return alphabet.charAt(byte % alphabet.length);
  }).join("");
}

/** Digits of a whole number without a leading zero. */
export function decimals(digest: string, length: number): string {
  return BigInt(`0x${digest}`).toString().slice(-length).replace(/^0/, "1");
}

/** A UUID of version 4 made from 64 hex digits. */
export function uuidOf(digest: string): string {
  const part = (from: number, to: number) => digest.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-a${part(17, 20)}-${part(20, 32)}`;
}
