import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { celClaim, celEquals, celText } from "../../../../components/gcp/iam/cel.ts";

/**
 * Reads one single-quoted CEL literal from the start of a text, by the language's own rules: what it says and
 * what is left behind it. Written apart from the code under test.
 */
function readLiteral(text: string): { said: string; rest: string } {
  if (text[0] !== "'") throw new Error("no literal");
  let said = "";
  for (let at = 1; at < text.length; at++) {
    const character = text[at]!;
    if (character === "'") return { said, rest: text.slice(at + 1) };
    if (character === "\n" || character === "\r") throw new Error("a line ends inside");
    if (character !== "\\") {
      said += character;
      continue;
    }
    const escaped = text[++at]!;
    const width = { u: 4, U: 8 }[escaped];
    if (width === undefined) {
      if (!"'\\".includes(escaped)) throw new Error(`escaped ${escaped}`);
      said += escaped;
    } else {
      said += String.fromCodePoint(Number.parseInt(text.slice(at + 1, at + 1 + width), 16));
      at += width;
    }
  }
  throw new Error("never ends");
}

describe("text in a condition", () => {
  it.each([
    ["cowork-eu", "'cowork-eu'"],
    ["it's", "'it\\'s'"],
    ["back\\", "'back\\\\'"],
    ["' || true || '", "'\\' || true || \\''"],
    ["\\' || true || '", "'\\\\\\' || true || \\''"],
    ["a\nb", "'a\\u000ab'"],
    ["Büro", "'B\\u00fcro'"],
    ["😀", "'\\U0001f600'"],
    ["", "''"],
  ])("%j is written %s", (text, literal) => {
    expect(celText(text)).toBe(literal);
  });

  it("says exactly what was given and ends where it should, whatever is in it", () => {
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom("'", "\\", '"', "\n", "\r", "u", "U", "x", " || true", "\u0000", "\u2028"),
        fc.string({ unit: "binary", minLength: 1, maxLength: 3 }),
      ),
    });
    fc.assert(
      fc.property(nasty, (text) => {
        expect(readLiteral(`${celText(text)} in x`)).toEqual({ said: text, rest: " in x" });
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a claim in a condition", () => {
  it.each([
    ["groups", "assertion.groups"],
    ["_x1", "assertion._x1"],
    ["cognito:groups", "assertion['cognito:groups']"],
    ["https://example.com/groups", "assertion['https://example.com/groups']"],
    ["in", "assertion['in']"],
    ["x'] == 'y' || assertion['z", "assertion['x\\'] == \\'y\\' || assertion[\\'z']"],
    ["1st", "assertion['1st']"],
  ])("%s is reached as %s", (claim, reference) => {
    expect(celClaim(claim)).toBe(reference);
  });

  it("must equal its value, and so must every other", () => {
    expect(celEquals({ repository_id: "1", ref: "refs/heads/it's" })).toBe(
      "assertion.repository_id == '1' && assertion.ref == 'refs/heads/it\\'s'",
    );
  });
});
