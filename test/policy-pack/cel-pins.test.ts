import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cel, parseCel } from "../../policy-pack/cel.ts";
import { type Standing, standingOf } from "../../policy-pack/cel-pins.ts";

function read(source: string): Cel {
  const parsed = parseCel(source);
  if ("problem" in parsed) throw new Error(`${source}: ${parsed.problem}`);
  return parsed;
}

const mapping: Readonly<Record<string, string>> = {
  "google.groups": "assertion.groups",
  "attribute.team": "assertion['team']",
  "attribute.fixed": "'x'",
  "attribute.made": "assertion.sub.extract('a{b}')",
  "attribute.loop": "attribute.team",
};

/** Every claim counts but `aud`. */
function standing(source: string): Standing {
  return standingOf(read(source), {
    counts: ({ claim }) => claim[0] !== "aud",
    mapped: (name) => (Object.hasOwn(mapping, name) ? read(mapping[name] ?? "") : undefined),
  });
}

const pins = [
  "assertion.team == 'x'",
  "'x' == assertion.team",
  "assertion['team'] == \"x\"",
  "assertion.project == 5",
  "assertion.team in ['x', 'y']",
  "'x' in [assertion.team]",
  "'x' in assertion.groups",
  "'x' in google.groups",
  "attribute.team == 'x'",
  "!(assertion.team != 'x')",
  "!!(assertion.team == 'x')",
  "(assertion.team == 'x') == true",
  "(assertion.team != 'x') == false",
  "assertion.groups.exists(g, g == 'x')",
  "assertion.groups.exists(g, g in ['x', 'y'])",
  "has(assertion.team) ? assertion.team == 'x' : assertion.team == 'y'",
  "assertion.team.startsWith('x')",
];
const open = [
  "assertion.team != 'x'",
  "!(assertion.team == 'x')",
  "assertion.team == ''",
  "assertion.team in ['x', '']",
  "!(assertion.team in ['x'])",
  "!('x' in assertion.groups)",
  "'sub' in assertion",
  "assertion.aud == 'x'",
  "assertion.aud[0] == 'x'",
  "assertion.email_verified",
  "assertion.email_verified == true",
  "has(assertion.team)",
  "assertion.exp > 5",
  "assertion.team.startsWith('')",
  "assertion.groups.exists(g, g != 'x')",
  "has(assertion.team) ? assertion.team == 'x' : assertion.sub != 'y'",
];

describe("standingOf", () => {
  it.each(pins)("finds %s pinned", (source) => {
    expect(standing(source)).toBe("pins");
  });

  it.each(open)("finds %s open", (source) => {
    expect(standing(source)).toBe("open");
  });

  it.each([
    "true",
    "!false",
    "1 == 1",
    "'a' == 'a'",
    "1 != 2",
    "'a' in ['a', 'b']",
    "!('c' in ['a'])",
    "!(assertion.team in [])",
    "assertion.sub == assertion.sub",
    "attribute.fixed == 'x'",
    "assertion.team == 'x' || true",
    "true ? true : true",
    "!(assertion.team == 'x' && false)",
  ])("finds %s true for everybody", (source) => {
    expect(standing(source)).toBe("always");
  });

  it.each(["false", "'a' == 'b'", "assertion.team in []", "assertion.team == 'x' && false"])(
    "finds %s true for nobody",
    (source) => {
      expect(standing(source)).toBe("never");
    },
  );

  it.each([
    "assertion.sub.extract('a{b}') == 'x'",
    "assertion.sub.matches('.*')",
    "assertion.aud.startsWith('x')",
    "attribute.made == 'x'",
    "attribute.loop == 'x'",
    "attribute.unmapped == 'x'",
    "google.subject == 'x'",
    "request.auth == 'x'",
    "assertion.team == assertion.sub",
    "assertion.team in assertion.groups",
    "assertion.groups.all(g, g == 'x')",
    "!assertion.groups.exists(g, g == 'x')",
    "assertion.groups.exists(assertion, assertion == 'x')",
    "assertion.groups.exists(g, g.name == 'x')",
    "assertion.groups.exists(g, assertion.roles.exists(g, g == 'x'))",
    "[assertion.team == 'x']",
    "assertion.team + 'x'",
    "'text'",
    "assertion.team == 'x' || assertion.sub.matches('.*')",
  ])("proves nothing of %s", (source) => {
    expect(standing(source)).toBe("unclear");
  });

  it("holds a tautology of both sides of a claim for open", () => {
    expect(standing("assertion.team == 'x' || assertion.team != 'x'")).toBe("open");
    expect(standing("!(assertion.team == 'x' && assertion.team != 'x')")).toBe("open");
  });

  const side = fc.constantFrom(...pins).map((one) => `(${one})`);
  const loose = fc.constantFrom(...open, "true", "1 == 1").map((one) => `(${one})`);

  it("never finds alternatives pinned of which one is not", () => {
    const alternatives = fc
      .tuple(fc.array(side, { maxLength: 4 }), loose, fc.array(side, { maxLength: 4 }))
      .map(([before, one, after]) => [...before, one, ...after].join(" || "));
    fc.assert(
      fc.property(alternatives, (source) => {
        expect(["open", "always"]).toContain(standing(source));
        expect(["open", "always"]).toContain(standing(`!(!(${source}))`));
      }),
    );
  });

  it("finds a conjunction pinned of which one part is, whatever the others", () => {
    const parts = fc
      .tuple(fc.array(fc.oneof(loose, side), { maxLength: 4 }), side)
      .map(([others, one]) => [...others, one].join(" && "));
    fc.assert(
      fc.property(parts, (source) => {
        expect(standing(source)).toBe("pins");
      }),
    );
  });

  it("finds alternatives pinned of which each one is", () => {
    const alternatives = fc.array(side, { minLength: 1, maxLength: 5 }).map((a) => a.join(" || "));
    fc.assert(
      fc.property(alternatives, (source) => {
        expect(standing(source)).toBe("pins");
      }),
    );
  });
});
