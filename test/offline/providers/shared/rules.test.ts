import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { checkRules, type Rule } from "../../../../offline/providers/shared/rules.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const refusals = (inputs: Properties, rule: Rule) =>
  checkRules(inputs, [rule]).map(({ property, reason }) => `${property}: ${reason}`);

describe("a duration in seconds", () => {
  const rule: Rule = { rule: "seconds", at: "period", min: 900, max: 43_200 };

  it.each<[string, string[]]>([
    ["900s", []],
    ["43200s", []],
    ["900.5s", []],
    ["899s", ['period: "899s" is not between 900s and 43200s']],
    ["43200.1s", ['period: "43200.1s" is not between 900s and 43200s']],
    ["1h", ['period: "1h" is not a duration in seconds, as in "3600s"']],
    ["3600", ['period: "3600" is not a duration in seconds, as in "3600s"']],
    ["", ['period: "" is not a duration in seconds, as in "3600s"']],
  ])("as %j is judged by its format and its bounds", (period, expected) => {
    expect(refusals({ period }, rule)).toEqual(expected);
  });

  it("is accepted exactly when it lies within its bounds", () => {
    fc.assert(
      fc.property(fc.nat(100_000), (seconds) => {
        const accepted = refusals({ period: `${seconds}s` }, rule).length === 0;
        expect(accepted).toBe(seconds >= 900 && seconds <= 43_200);
      }),
    );
  });

  it("waits until it is known, and may be absent", () => {
    expect(refusals({ period: unknown }, rule)).toEqual([]);
    expect(refusals({}, rule)).toEqual([]);
  });
});

describe("a key a map must have", () => {
  const rule: Rule = { rule: "hasKey", at: "mapping", key: "google.subject" };

  it("is asked for when the map is there without it", () => {
    expect(refusals({ mapping: { "google.subject": "a" } }, rule)).toEqual([]);
    expect(refusals({ mapping: { subject: "a" } }, rule)).toEqual([
      'mapping: has no "google.subject"',
    ]);
    expect(refusals({ mapping: {} }, rule)).toEqual(['mapping: has no "google.subject"']);
  });

  it("is not asked for in a map that is absent or not known", () => {
    expect(refusals({}, rule)).toEqual([]);
    expect(refusals({ mapping: unknown }, rule)).toEqual([]);
  });
});

describe("an input that needs another", () => {
  const rule: Rule = { rule: "requires", at: "spec", needs: "useSpec" };

  it("is refused alone, and accepted with it, known or not", () => {
    expect(refusals({ spec: {} }, rule)).toEqual(['useSpec: must be given with "spec"']);
    expect(refusals({ spec: {}, useSpec: true }, rule)).toEqual([]);
    expect(refusals({ spec: {}, useSpec: unknown }, rule)).toEqual([]);
    expect(refusals({}, rule)).toEqual([]);
  });
});

describe("what the SDK calls optional and the service does not", () => {
  it("is asked for at the top", () => {
    expect(refusals({}, { rule: "needed", at: "kind" })).toEqual(["kind: the service requires it"]);
    expect(refusals({ kind: unknown }, { rule: "needed", at: "kind" })).toEqual([]);
  });

  it("is asked for inside only where its parent is given, and in each of a list", () => {
    const rule: Rule = { rule: "needed", at: "connections.id" };
    expect(refusals({}, rule)).toEqual([]);
    expect(refusals({ connections: unknown }, rule)).toEqual([]);
    expect(refusals({ connections: {} }, rule)).toEqual([
      "connections.id: the service requires it",
    ]);
    expect(refusals({ connections: [{ id: "a" }, {}] }, rule)).toEqual([
      "connections[1].id: the service requires it",
    ]);
  });
});
