import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePattern } from "../../../token-service/policy/pattern.ts";

function matches(pattern: string, value: string): boolean {
  const compiled = compilePattern(pattern);
  if ("problem" in compiled) throw new Error(compiled.problem);
  return compiled.matches(value);
}

function namesSomebody(pattern: string): boolean {
  const compiled = compilePattern(pattern);
  return "namesSomebody" in compiled && compiled.namesSomebody;
}

describe("a pattern", () => {
  it.each([
    ["cowork-eu", "cowork-eu"],
    ["a|b", "b"],
    ["a|ab", "ab"],
    ["cowork-(eu|us)", "cowork-us"],
    ["(?i)Cowork-EU", "cowork-eu"],
    [".+@example\\.com", "alice@example.com"],
    ["\\Qa.b", "a.b"],
    ["a.c", "a😀c"],
  ])("%s matches %j", (pattern, value) => {
    expect(matches(pattern, value)).toBe(true);
  });

  it.each([
    ["cowork-eu", "xcowork-eu"],
    ["cowork-eu", "cowork-eux"],
    ["cowork-eu", "cowork-eu\n"],
    ["cowork-eu", "\ncowork-eu"],
    ["cowork-eu", "Cowork-eu"],
    ["^cowork-eu$", "cowork-eu\n"],
    ["(?m)^cowork-eu$", "x\ncowork-eu"],
    ["a|b", "ab"],
    ["a|b", "xb"],
    ["a|b", "ax"],
    ["cowork", "cowork-eu"],
    [".+@example\\.com", "alice@example.com.evil"],
    [".+@example\\.com", "alice@examplexcom"],
    [".+@example\\.com", "a\nb@example.com"],
    ["\\Qa.b", "axb"],
    ["", "a"],
  ])("%s does not match %j: the whole value counts", (pattern, value) => {
    expect(matches(pattern, value)).toBe(false);
  });

  it.each(["a)|(?:b", "(", "[", "a**", "(?=a)b", "(?<!a)b", "(a)\\1", "(?:a{1000}){1000}", "\\"])(
    "%s is none",
    (pattern) => {
      expect(compilePattern(pattern)).toEqual({
        problem: "is no pattern in RE2 syntax (no look-around, no back-references)",
      });
    },
  );

  it.each([
    ".*",
    ".+",
    "(?s).*",
    "[^/]*",
    "[^/]+",
    "\\S+",
    "[[:graph:]]+",
    "a*",
    "(cowork-eu)?",
    "|cowork-eu",
    "(?i).{1,256}",
  ])("%s names nobody in particular", (pattern) => {
    expect(namesSomebody(pattern)).toBe(false);
  });

  it.each(["cowork-eu", ".+@example\\.com", "[0-9a-f-]{36}", "cowork-.*", "laptop-[0-9]+"])(
    "%s names somebody",
    (pattern) => {
      expect(namesSomebody(pattern)).toBe(true);
    },
  );

  it("takes time in proportion to the value, whatever it looks like", () => {
    for (const pattern of [
      "(a+)+b",
      "(a|a)*b",
      "(a|aa)+c",
      "(.*)(.*)(.*)(.*)(.*)x",
      "(?:a?){100}a{100}b",
    ]) {
      expect(matches(pattern, "a".repeat(256))).toBe(false);
    }
  });

  it("of a literal text matches that text and no other", () => {
    const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    const text = fc.string({ minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(matches(escaped(one), other)).toBe(one === other);
        expect(matches(escaped(one), one)).toBe(true);
        expect(matches(escaped(one), `${one}${other}`)).toBe(false);
        expect(matches(escaped(one), `${other}${one}`)).toBe(false);
      }),
    );
  });
});
