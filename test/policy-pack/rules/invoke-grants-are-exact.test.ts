import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { invokeGrantsAreExact as rule } from "../../../policy-pack/rules/invoke-grants-are-exact.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

const profile =
  "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.claude-opus-5-5";
const model = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-opus-5-5";
const good = { Effect: "Allow", Action: "bedrock:InvokeModel", Resource: [profile, model] };
const grant = (...statements: object[]): Candidate => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  props: { policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) },
});

describe("invoke-grants-are-exact", () => {
  it.each([
    { when: "exact profiles and models", statement: good },
    {
      when: "a grant of something else",
      statement: { Effect: "Allow", Action: "s3:*", Resource: "*" },
    },
    {
      when: "a pattern that covers no invocation",
      statement: { Effect: "Allow", Action: "bedrock:Get*", Resource: "*" },
    },
    {
      when: "a denial of everything global",
      statement: {
        Effect: "Deny",
        NotAction: "sts:*",
        Resource: ["*", "arn:aws:bedrock:*:*:inference-profile/global.*"],
      },
    },
  ])("passes $when", async ({ statement }) => {
    expect(await reportsOf(rule, grant(statement))).toEqual([]);
  });

  const at = "`policy` statement 1";
  it.each([
    {
      when: "bedrock:*",
      weaken: { Action: "bedrock:*" },
      says: [`${at}: action "bedrock:*" is a pattern that covers bedrock:InvokeModel`],
    },
    {
      when: "an upper-case pattern",
      weaken: { Action: ["BEDROCK:INVOKE*"] },
      says: [`${at}: action "BEDROCK:INVOKE*" is a pattern that covers bedrock:InvokeModel`],
    },
    {
      when: "a star instead of the last letter",
      weaken: { Action: "bedrock:InvokeModelWithResponseStrea?" },
      says: [
        `${at}: action "bedrock:InvokeModelWithResponseStrea?" is a pattern that covers bedrock:InvokeModelWithResponseStream`,
      ],
    },
    {
      when: "NotAction",
      weaken: { Action: undefined, NotAction: "iam:*" },
      says: [`${at} allows by NotAction`],
    },
    {
      when: "NotResource",
      weaken: { Resource: undefined, NotResource: profile },
      says: [`${at} allows by NotResource`],
    },
    {
      when: "every resource",
      weaken: { Resource: "*" },
      says: [`${at} grants invocation on the pattern "*"`],
    },
    {
      when: "a wildcard region",
      weaken: { Resource: "arn:aws:bedrock:*::foundation-model/anthropic.claude-opus-5-5" },
      says: [
        `${at} grants invocation on the pattern "arn:aws:bedrock:*::foundation-model/anthropic.claude-opus-5-5"`,
      ],
    },
    {
      when: "a policy variable for the region",
      weaken: { Resource: `arn:aws:bedrock:\${aws:PrincipalTag/r}::foundation-model/a.b` },
      says: [
        `${at} grants invocation on the pattern "arn:aws:bedrock:\${aws:PrincipalTag/r}::foundation-model/a.b"`,
      ],
    },
    {
      when: "a region-less model",
      weaken: { Resource: "arn:aws:bedrock:::foundation-model/anthropic.claude-opus-5-5" },
      says: [
        `${at} grants invocation on "arn:aws:bedrock:::foundation-model/anthropic.claude-opus-5-5", which names no region: the global form`,
      ],
    },
  ])("fails $when", async ({ weaken, says }) => {
    expect(await reportsOf(rule, grant({ ...good, ...weaken }))).toEqual(
      says.map((message) => `blocks: ${message}`),
    );
  });

  it.each([
    {
      when: "a document that is no JSON",
      props: { policy: "{" },
      says: "`policy`: the document is not JSON",
    },
    {
      when: "an absent document",
      props: {},
      says: "`policy` is absent: what it grants cannot be seen",
    },
    {
      when: "an element it does not know",
      props: { policy: { Statement: { ...good, action: "bedrock:*" } } },
      says: '`policy`: statement 1 has an unknown element "action"',
    },
    {
      when: "an invocation without resources",
      props: { policy: { Statement: { Effect: "Allow", Action: "bedrock:InvokeModel" } } },
      says: "`policy` statement 1 grants invocation but names no Resource",
    },
    {
      when: "an agent's invocation, whose model it does not name",
      props: {
        policy: {
          Statement: {
            Sid: "Agent",
            Effect: "Allow",
            Action: "bedrock:InvokeAgent",
            Resource: "x",
          },
        },
      },
      says: '`policy` statement "Agent": bedrock:InvokeAgent calls a model the grant does not name',
    },
    ...[
      "bedrock:InvokeSomethingNew",
      "bedrock:StartSomething*",
      "bedrock-agentcore:InvokeHarness",
    ].map((action) => ({
      when: `${action}, which is in no list`,
      props: { policy: { Statement: { Effect: "Allow", Action: action, Resource: "*" } } },
      says: `\`policy\` statement 1: ${action} may call a model; no list of the pack names it`,
    })),
  ])("cannot judge $when", async ({ props, says }) => {
    const candidate = { type: "aws:iam/policy:Policy", props };
    expect(await reportsOf(rule, candidate)).toEqual([`blocks: undecidable: ${says}`]);
  });

  it.each([
    { phase: "preview", says: "advises: not proven, decided at up: `policy` is not known yet" },
    { phase: "up", says: "blocks: undecidable: `policy` is not known yet" },
  ] as const)("answers for an unknown document at $phase", async ({ phase, says }) => {
    const candidate = { type: "aws:iam/policy:Policy", props: { policy: unknownText } };
    expect(await reportsOf(rule, candidate, { phase })).toEqual([says]);
  });

  it("names the unknown leaf of a document given as an object", async () => {
    const policy = { Statement: [{ ...good, Resource: [profile, unknownText] }] };
    expect(await reportsOf(rule, { type: "aws:iam/policy:Policy", props: { policy } })).toEqual([
      "advises: not proven, decided at up: `policy.Statement.0.Resource.1` is not known yet",
    ]);
  });

  const wide = { Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
  const says = [
    'action "*" is a pattern that covers bedrock:InvokeModel',
    'grants invocation on the pattern "*"',
  ];
  it.each([
    {
      type: "aws:iam/role:Role",
      props: { inlinePolicies: [{ name: "a", policy: JSON.stringify(wide) }] },
      path: "inlinePolicies.0.policy",
    },
    { type: "aws:iam/userPolicy:UserPolicy", props: { policy: wide }, path: "policy" },
    { type: "aws:iam/groupPolicy:GroupPolicy", props: { policy: wide }, path: "policy" },
    {
      type: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
      props: { inlinePolicy: wide },
      path: "inlinePolicy",
    },
    {
      type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
      props: { policy: wide },
      path: "policy",
    },
    {
      type: "aws:ec2/vpcEndpoint:VpcEndpoint",
      props: { policy: wide, serviceName: "com.amazonaws.eu-west-1.bedrock-runtime" },
      path: "policy",
    },
    {
      type: "aws:rolesanywhere/profile:Profile",
      props: { sessionPolicy: JSON.stringify(wide) },
      path: "sessionPolicy",
    },
  ])("reads the document of $type", async ({ type, props, path }) => {
    expect(await reportsOf(rule, { type, props })).toEqual([
      `blocks: \`${path}\` statement 1: ${says[0]}`,
      `blocks: \`${path}\` statement 1 ${says[1]}`,
    ]);
  });

  it("fails every Allow on all resources whose action pattern covers an invocation", async () => {
    const invocations = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];
    const pattern = fc
      .tuple(fc.constantFrom(...invocations), fc.nat(), fc.nat(), fc.boolean(), fc.boolean())
      .map(([action, a, b, one, upper]) => {
        const from = Math.min(a, b) % action.length;
        const to = from + (Math.max(a, b) % (action.length - from + 1));
        const cut = one
          ? `${action.slice(0, from)}?${action.slice(from + 1)}`
          : `${action.slice(0, from)}*${action.slice(to)}`;
        return upper ? cut.toUpperCase() : cut;
      });
    await fc.assert(
      fc.asyncProperty(pattern, fc.boolean(), async (action, asList) => {
        const statement = { Effect: "Allow", Action: asList ? ["s3:GetObject", action] : action };
        const reports = await reportsOf(rule, grant({ ...statement, Resource: "*" }));
        expect(reports).toContain(
          'blocks: `policy` statement 1 grants invocation on the pattern "*"',
        );
      }),
    );
  });
});
