import { RE2JS } from "re2js";

/** A compiled pattern of the trust policy. */
export interface ClaimPattern {
  /** Whether the whole value matches. */
  readonly matches: (value: string) => boolean;
  /** Whether it tells some values from others; `.*` does not. */
  readonly namesSomebody: boolean;
}

/** Values that nobody's claim has: a pattern that accepts them all accepts everybody. */
const anybody = [
  "a",
  "Z",
  "7",
  "zq-81",
  "x.y_z",
  "q@w.example",
  "0b1f77d2-5c1e-4a6e-9d1a-1f0e8c2d3b4a",
];

/**
 * Compiles RE2 syntax (https://github.com/google/re2/wiki/Syntax, 2026-11): time linear in the value, no
 * look-around, no back-references. The engine itself anchors at both ends; nothing is glued around the text,
 * so that neither `a|b` nor `a)|(?:b` nor `\Q` changes what the ends mean.
 */
export function compilePattern(text: string): ClaimPattern | { readonly problem: string } {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(text);
  } catch {
    return { problem: "is no pattern in RE2 syntax (no look-around, no back-references)" };
  }
  const matches = (value: string) => compiled.matches(value);
  return { matches, namesSomebody: !matches("") && !anybody.every(matches) };
}
