import { describe, expect, it } from "vitest";
import { noSideDoorGrants as rule } from "../../../policy-pack/rules/no-side-door-grants.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

const grant = (effect: string, action: unknown): Candidate => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  props: {
    policy: JSON.stringify({ Statement: { Effect: effect, Action: action, Resource: "x" } }),
  },
});

describe("no-side-door-grants", () => {
  it.each([
    { effect: "Allow", action: "bedrock:InvokeModel" },
    { effect: "Allow", action: ["s3:*", "bedrock:*"] },
    { effect: "Deny", action: ["bedrock-mantle:*", "aws-external-anthropic:*"] },
  ])("passes $effect $action", async ({ effect, action }) => {
    expect(await reportsOf(rule, grant(effect, action))).toEqual([]);
  });

  it.each([
    { action: "bedrock-mantle:CreateInference", reaches: ["bedrock-mantle"] },
    { action: "BEDROCK-MANTLE:Get*", reaches: ["bedrock-mantle"] },
    { action: "bedrock*:InvokeModel", reaches: ["bedrock-mantle"] },
    { action: "bedrock?mantle:*", reaches: ["bedrock-mantle"] },
    { action: "aws-external-anthropic:*", reaches: ["aws-external-anthropic"] },
    { action: "*", reaches: ["bedrock-mantle", "aws-external-anthropic"] },
    { action: "*:*", reaches: ["bedrock-mantle", "aws-external-anthropic"] },
  ])("fails a grant of $action", async ({ action, reaches }) => {
    expect(await reportsOf(rule, grant("Allow", action))).toEqual(
      reaches.map((to) => `blocks: \`policy\` statement 1: action "${action}" reaches ${to}`),
    );
  });

  it.each([
    { phase: "preview", says: "advises: not proven, decided at up: `policy` is not known yet" },
    { phase: "up", says: "blocks: undecidable: `policy` is not known yet" },
  ] as const)("answers for an unknown document at $phase", async ({ phase, says }) => {
    const candidate = { type: "aws:iam/policy:Policy", props: { policy: unknownText } };
    expect(await reportsOf(rule, candidate, { phase })).toEqual([says]);
  });
});
