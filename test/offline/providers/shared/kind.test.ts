import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type Kind, parseKind, renderKind } from "../../../../offline/providers/shared/kind.ts";

describe("kinds", () => {
  const plain = fc.constantFrom<Kind>(
    { is: "string" },
    { is: "number" },
    { is: "boolean" },
    { is: "any" },
    { is: "object", type: "ec2/Thing" },
  );
  const { kind } = fc.letrec<{ kind: Kind }>((tie) => ({
    kind: fc.oneof(
      { depthSize: "small" },
      plain,
      fc.record({ is: fc.constantFrom("list" as const, "map" as const), of: tie("kind") }),
      fc.record({
        is: fc.constant("either" as const),
        of: fc.array(plain, { minLength: 2, maxLength: 3 }),
      }),
    ),
  }));

  it("read back as they were written", () => {
    fc.assert(
      fc.property(kind, (one) => {
        expect(parseKind(renderKind(one))).toEqual(one);
      }),
    );
  });

  it("are refused when spelt in an unknown way", () => {
    expect(() => parseKind("set<string>")).toThrow("not a kind: set<string>");
  });
});
