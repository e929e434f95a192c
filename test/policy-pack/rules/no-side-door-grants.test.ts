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
    { action: "bedrock-mantle:CreateProject", reaches: ["bedrock-mantle"] },
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

const project = "arn:aws:bedrock-mantle:eu-north-1:111122223333:project/default";
const models = ["anthropic.claude-opus-5", "anthropic.claude-sonnet-5"];
const exact = {
  Effect: "Allow",
  Action: "bedrock-mantle:CreateInference",
  Resource: project,
  Condition: { StringEquals: { "bedrock-mantle:Model": models } },
};
const token = {
  Effect: "Allow",
  Action: "bedrock-mantle:CallWithBearerToken",
  Resource: "*",
  Condition: { StringEquals: { "bedrock-mantle:BearerTokenType": "SHORT_TERM" } },
};
const says = (statement: object, type = "aws:iam/rolePolicy:RolePolicy") =>
  reportsOf(rule, {
    type,
    props: {
      serviceName: "com.amazonaws.eu-north-1.bedrock-mantle",
      policy: JSON.stringify({ Statement: statement }),
    },
  });
const at = "`policy` statement 1";
const on = (resource: string) => `${at}: bedrock-mantle:CreateInference on "${resource}"`;

describe("a grant of in-region inference", () => {
  it.each([
    ["an identity policy", exact, "aws:iam/rolePolicy:RolePolicy"],
    [
      "an endpoint's policy, pinned besides",
      {
        ...exact,
        Principal: { AWS: "*" },
        Condition: {
          StringEquals: { ...exact.Condition.StringEquals, "aws:PrincipalAccount": "111122223333" },
        },
      },
      "aws:ec2/vpcEndpoint:VpcEndpoint",
    ],
    ["letters of any case", { ...exact, Action: "Bedrock-Mantle:createInference" }, undefined],
    ["short-term tokens", token, undefined],
  ])("passes with one project and models inside, in %s", async (_, statement, type) => {
    expect(await says(statement, type)).toEqual([]);
  });

  it.each([
    ["no condition", { ...exact, Condition: undefined }],
    [
      "a condition that also holds when no model is sent",
      { ...exact, Condition: { StringEqualsIfExists: { "bedrock-mantle:Model": models } } },
    ],
    [
      "a pattern of models",
      { ...exact, Condition: { StringLike: { "bedrock-mantle:Model": "*" } } },
    ],
    [
      "an empty list of models",
      { ...exact, Condition: { StringEquals: { "bedrock-mantle:Model": [] } } },
    ],
  ])("fails with %s", async (_, statement) => {
    expect(await says(statement)).toEqual([
      `blocks: ${at}: bedrock-mantle:CreateInference without StringEquals on bedrock-mantle:Model grants every model`,
    ]);
  });

  it.each([
    ["*", "a pattern and not one project"],
    [project.replace("default", "*"), "a pattern and not one project"],
    [project.replace("eu-north-1", "*"), "a pattern and not one project"],
    [
      "arn:aws:bedrock:eu-north-1::foundation-model/anthropic.claude-opus-5",
      "which is no project's ARN",
    ],
    [project.replace("111122223333", ""), "which is no project's ARN"],
    ["x", "which is no project's ARN"],
  ])("fails on %s", async (resource, why) => {
    expect(await says({ ...exact, Resource: resource })).toEqual([
      `blocks: ${on(resource)}, ${why}`,
    ]);
  });

  it("fails in a region outside the zone, for every model", async () => {
    const there = project.replace("eu-north-1", "us-east-1");
    expect(await says({ ...exact, Resource: [project, there] })).toEqual(
      models.map(
        () =>
          `blocks: ${on(there)}: the request is sent to us-east-1: us-east-1 is in US, outside zone eu`,
      ),
    );
  });

  it("fails in another partition", async () => {
    const there = project.replace("arn:aws:", "arn:aws-us-gov:");
    expect(await says({ ...exact, Resource: there })).toEqual([
      `blocks: ${on(there)}: zone eu is served from aws only`,
    ]);
  });

  it("is not decided for a model the region is not known to serve, or that is no base model", async () => {
    const given = ["anthropic.claude-sonnet-5-5", "eu.anthropic.claude-opus-5-5"];
    const statement = {
      ...exact,
      Condition: { StringEquals: { "bedrock-mantle:Model": given } },
    };
    expect(await says(statement)).toEqual([
      `blocks: undecidable: ${on(project)}: bedrock-mantle is not known to serve anthropic.claude-sonnet-5-5 in eu-north-1, only in us-gov-west-1`,
      `blocks: undecidable: ${on(project)}: eu.anthropic.claude-opus-5-5 is no base model id of the catalogue of 2026-10-18; mantle knows no profiles`,
    ]);
  });

  it("is not decided without a Resource", async () => {
    expect(await says({ ...exact, Resource: undefined })).toEqual([
      `blocks: undecidable: ${at}: bedrock-mantle:CreateInference names no Resource`,
    ]);
  });

  it("fails beside any other action, exact or not", async () => {
    expect(
      await says({ ...exact, Action: ["bedrock-mantle:CreateInference", "s3:GetObject"] }),
    ).toEqual([`blocks: ${at}: action "bedrock-mantle:CreateInference" reaches bedrock-mantle`]);
  });

  it("fails when it says only where it does not hold", async () => {
    for (const statement of [exact, token]) {
      expect(await says({ ...statement, Resource: undefined, NotResource: project })).toEqual([
        `blocks: ${at}: action "${statement.Action}" reaches bedrock-mantle`,
      ]);
    }
  });

  it.each([
    ["no condition", undefined],
    [
      "long-term ones too",
      { StringEquals: { "bedrock-mantle:BearerTokenType": ["SHORT_TERM", "LONG_TERM"] } },
    ],
    [
      "only if it says so",
      { StringEqualsIfExists: { "bedrock-mantle:BearerTokenType": "SHORT_TERM" } },
    ],
  ])("fails for tokens with %s", async (_, Condition) => {
    expect(await says({ ...token, Condition })).toEqual([
      `blocks: ${at}: bedrock-mantle:CallWithBearerToken without StringEquals SHORT_TERM on bedrock-mantle:BearerTokenType allows keys`,
    ]);
  });
});
