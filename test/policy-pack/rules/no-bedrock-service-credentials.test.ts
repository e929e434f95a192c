import { describe, expect, it } from "vitest";
import { noBedrockServiceCredentials as rule } from "../../../policy-pack/rules/no-bedrock-service-credentials.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

const credential = (props: Record<string, unknown>) => ({
  type: "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
  props: { userName: "u", ...props },
});

describe("no-bedrock-service-credentials", () => {
  it("passes a credential for another service", async () => {
    const candidate = credential({ serviceName: "codecommit.amazonaws.com" });
    expect(await reportsOf(rule, candidate)).toEqual([]);
  });

  it.each([
    "bedrock.amazonaws.com",
    "Bedrock.amazonaws.com",
    "aws-external-anthropic.amazonaws.com",
  ])("fails one for %s", async (serviceName) => {
    expect(await reportsOf(rule, credential({ serviceName }))).toEqual([
      `blocks: \`serviceName\` is "${serviceName.toLowerCase()}": a key that does not expire`,
    ]);
  });

  it.each([
    { when: "absent", props: {} },
    { when: "empty", props: { serviceName: "" } },
  ])("cannot judge one whose service is $when", async ({ props }) => {
    expect(await reportsOf(rule, credential(props))).toEqual([
      "blocks: undecidable: `serviceName` is absent: the credential may be one for Bedrock",
    ]);
  });

  it.each([
    {
      phase: "preview",
      says: "advises: not proven, decided at up: `serviceName` is not known yet",
    },
    { phase: "up", says: "blocks: undecidable: `serviceName` is not known yet" },
  ] as const)("answers for an unknown service at $phase", async ({ phase, says }) => {
    const candidate = credential({ serviceName: unknownText });
    expect(await reportsOf(rule, candidate, { phase })).toEqual([says]);
  });

  const make = "iam:CreateServiceSpecificCredential";
  const use = "bedrock:CallWithBearerToken";
  const ofService = (service: string | string[]) => ({
    StringEquals: { "iam:ServiceSpecificCredentialServiceName": service },
  });
  const token = (type: string | string[]) => ({
    StringEquals: { "bedrock:BearerTokenType": type },
  });
  const grant = (Action: string, Condition?: object, Effect = "Allow") => ({
    type: "aws:iam/rolePolicy:RolePolicy",
    props: {
      policy: JSON.stringify({
        Statement: [{ Effect, Action, Resource: "*", ...(Condition && { Condition }) }],
      }),
    },
  });

  it.each([
    ["short-term tokens", grant(use, token("SHORT_TERM"))],
    ["keys for another service", grant(make, ofService("codecommit.amazonaws.com"))],
    ["a denial of every token", grant(use, undefined, "Deny")],
    ["a denial of every key", grant(make, undefined, "Deny")],
    ["something else", grant("iam:GetRole")],
  ])("passes a grant of %s", async (_, candidate) => {
    expect(await reportsOf(rule, candidate)).toEqual([]);
  });

  it.each([
    ["no condition", make, undefined],
    ["the condition for Bedrock", make, ofService("bedrock.amazonaws.com")],
    [
      "Bedrock among others",
      make,
      ofService(["codecommit.amazonaws.com", "aws-external-anthropic.amazonaws.com"]),
    ],
    ["no service in the condition", make, ofService([])],
    [
      "a condition that absence satisfies",
      make,
      {
        StringEqualsIfExists: {
          "iam:ServiceSpecificCredentialServiceName": "codecommit.amazonaws.com",
        },
      },
    ],
    ["a pattern of actions", "iam:*ServiceSpecificCredential", undefined],
  ])("fails a grant that makes keys, with %s", async (_, action, condition) => {
    expect(await reportsOf(rule, grant(action, condition))).toEqual([
      `blocks: \`policy\` statement 1: action "${action}" makes keys for Bedrock that outlive every session`,
    ]);
  });

  it.each([
    ["no condition", use, undefined],
    ["long-term tokens", use, token("LONG_TERM")],
    ["both kinds of token", use, token(["SHORT_TERM", "LONG_TERM"])],
    ["no kind of token", use, token([])],
    [
      "a condition that absence satisfies",
      use,
      { StringEqualsIfExists: { "bedrock:BearerTokenType": "SHORT_TERM" } },
    ],
    ["a pattern of actions", "bedrock:Call*", undefined],
  ])("fails a grant that takes tokens, with %s", async (_, action, condition) => {
    expect(await reportsOf(rule, grant(action, condition))).toEqual([
      `blocks: \`policy\` statement 1: action "${action}" without StringEquals SHORT_TERM on bedrock:BearerTokenType allows long-lived keys`,
    ]);
  });

  it("does not take an unknown grant for a good one", async () => {
    const unknown = { ...grant(use), props: { policy: unknownText } };
    expect(await reportsOf(rule, unknown)).toEqual([
      "advises: not proven, decided at up: `policy` is not known yet",
    ]);
    expect(await reportsOf(rule, unknown, { phase: "up" })).toEqual([
      "blocks: undecidable: `policy` is not known yet",
    ]);
  });
});
