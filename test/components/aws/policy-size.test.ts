import { describe, expect, it } from "vitest";

import { sizeProblems } from "../../../components/aws/policy-size.ts";

describe("sizeProblems", () => {
  it.each([
    { kind: "role inline policy", limit: 10_240 },
    { kind: "permission boundary", limit: 6_144 },
    { kind: "trust policy", limit: 2_048 },
    { kind: "permission set inline policy", limit: 10_240 },
    { kind: "endpoint policy", limit: 20_480 },
  ] as const)("takes a $kind of $limit characters and refuses one more", ({ kind, limit }) => {
    expect(sizeProblems(kind, "models", "x".repeat(limit))).toEqual([]);
    expect(sizeProblems(kind, "models", "x".repeat(limit + 1))).toEqual([
      {
        path: "models",
        reason: `the ${kind} has ${limit + 1} characters, AWS accepts at most ${limit}; list fewer models on this route, or move some to a second route`,
      },
    ]);
  });
});
