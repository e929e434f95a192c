import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  covered,
  hasWildcard,
  indirectInvokeActions,
  invokeActions,
  matches,
  profileActions,
  reachesService,
  sideDoorServices,
} from "../../policy-pack/iam-actions.ts";

describe("the lists of actions", () => {
  it("are these", () => {
    expect(invokeActions).toEqual([
      "bedrock:InvokeModel",
      "bedrock:InvokeModelWithResponseStream",
      "bedrock:InvokeModelWithBidirectionalStream",
      "bedrock:InvokeModelAsync",
      "bedrock:StartAsyncInvoke",
      "bedrock:CreateModelInvocationJob",
    ]);
    expect(indirectInvokeActions).toEqual([
      "bedrock:InvokeAgent",
      "bedrock:InvokeInlineAgent",
      "bedrock:InvokeFlow",
      "bedrock:StartFlowExecution",
      "bedrock:InvokeDataAutomationAsync",
      "bedrock:RetrieveAndGenerate",
      "bedrock:Rerank",
      "bedrock:OptimizePrompt",
      "bedrock:GenerateQuery",
      "bedrock:CreateEvaluationJob",
      "bedrock-agentcore:InvokeAgentRuntime",
    ]);
    expect(profileActions).toEqual([
      "bedrock:CreateInferenceProfile",
      "bedrock:CreatePromptRouter",
    ]);
    expect(sideDoorServices).toEqual(["bedrock-mantle", "aws-external-anthropic"]);
  });
});

describe("matches", () => {
  it.each([
    ["*", ""],
    ["*", "anything"],
    ["**", "a"],
    ["", ""],
    ["a", "a"],
    ["?", "a"],
    ["*?", "ab"],
    ["a*c", "ac"],
    ["a*c", "abbc"],
    ["a*b*c", "axbxbxc"],
    ["*b", "ab"],
    ["*b", "*ab"],
    ["BEDROCK:invoke*", "bedrock:InvokeModel"],
    ["bedrock:*", "bedrock:InvokeModel"],
    ["bedrock:InvokeModel*", "bedrock:InvokeModel"],
    ["bedrock:Invoke?odel", "bedrock:InvokeModel"],
    ["a*", "a*"],
    ["a.c", "a.c"],
  ])('"%s" covers "%s"', (pattern, text) => {
    expect(matches(pattern, text)).toBe(true);
  });

  it.each([
    ["", "a"],
    ["a", ""],
    ["?", ""],
    ["?", "ab"],
    ["a", "ab"],
    ["ab", "a"],
    ["a*c", "ab"],
    ["*b", "ba"],
    ["a*b*c", "acb"],
    ["a?c", "ac"],
    ["bedrock:Invoke", "bedrock:InvokeModel"],
    ["s3:*", "bedrock:InvokeModel"],
    ["a.c", "abc"],
    ["[ab]", "a"],
    ["a", "a*"],
  ])('"%s" does not cover "%s"', (pattern, text) => {
    expect(matches(pattern, text)).toBe(false);
  });

  it("agrees with a regular expression on any pattern and text", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });
    const patterns = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        const expression = pattern.replaceAll("?", ".").replaceAll("*", ".*");
        expect(matches(pattern, text)).toBe(new RegExp(`^${expression}$`).test(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("takes a hostile pattern without backtracking for ever", () => {
    expect(matches(`${"*a".repeat(200)}b`, "a".repeat(2_000))).toBe(false);
  });
});

describe("hasWildcard", () => {
  it.each(["*", "bedrock:*", "bedrock:Invoke?odel", `arn:x/${"$"}{aws:username}`])(
    "%s has one",
    (text) => {
      expect(hasWildcard(text)).toBe(true);
    },
  );

  it.each(["", "bedrock:InvokeModel", "arn:aws:x/{a}", "$", "a$b"])('"%s" has none', (text) => {
    expect(hasWildcard(text)).toBe(false);
  });
});

describe("covered", () => {
  it("names every listed action a pattern covers, in the list's order", () => {
    expect(covered("bedrock:invokemodel", invokeActions)).toEqual(["bedrock:InvokeModel"]);
    expect(covered("bedrock:InvokeModelWith*", invokeActions)).toEqual([
      "bedrock:InvokeModelWithResponseStream",
      "bedrock:InvokeModelWithBidirectionalStream",
    ]);
    expect(covered("*", profileActions)).toEqual([
      "bedrock:CreateInferenceProfile",
      "bedrock:CreatePromptRouter",
    ]);
  });

  it.each(["", "bedrock:", "InvokeModel", "s3:*", "bedrock-mantle:*", "bedrock:InvokeModelx"])(
    'finds nothing under "%s"',
    (pattern) => {
      expect(covered(pattern, invokeActions)).toEqual([]);
    },
  );

  it("finds nothing in an empty list", () => {
    expect(covered("*", [])).toEqual([]);
  });
});

describe("reachesService", () => {
  it.each([
    "*",
    "**",
    "bedrock-mantle:*",
    "bedrock-mantle:CreateInference",
    "BEDROCK-MANTLE:x",
    "bedrock-*:x",
    "bedrock*:x",
    "*:x",
    "bedrock-mantl?:x",
    "b*",
    "bedrock-mantle*",
    "*x",
  ])("%s may reach bedrock-mantle", (pattern) => {
    expect(reachesService(pattern, "bedrock-mantle")).toBe(true);
  });

  it.each(["", "bedrock:*", "bedrock-mantle", "bedrock-?:x", "s3:*", ":x", "mantle:*"])(
    '"%s" does not reach bedrock-mantle',
    (pattern) => {
      expect(reachesService(pattern, "bedrock-mantle")).toBe(false);
    },
  );
});
