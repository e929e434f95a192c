import { describe, expect, it } from "vitest";

import {
  type EndpointScope,
  endpointPolicies,
} from "../../../components/aws/bedrock-endpoint-policies.ts";
import {
  type Grant,
  identityPolicy,
  identityStatements,
} from "../../../components/aws/bedrock-statements.ts";
import { sizeProblems } from "../../../components/aws/policy-size.ts";

const profileArn =
  "arn:aws:bedrock:ap-northeast-1:222233334444:inference-profile/jp.anthropic.claude-opus-5-5";
const modelArns = [
  "arn:aws:bedrock:ap-northeast-1::foundation-model/anthropic.claude-opus-5-5",
  "arn:aws:bedrock:ap-northeast-3::foundation-model/anthropic.claude-opus-5-5",
];
const invoke = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];

const grant: Grant = {
  partition: "aws",
  accountId: "222233334444",
  region: "ap-northeast-1",
  profiles: [
    {
      id: "jp.anthropic.claude-opus-5-5",
      arn: profileArn,
      modelId: "anthropic.claude-opus-5-5",
      destinations: ["ap-northeast-1", "ap-northeast-3"],
    },
  ],
  bearerToken: false,
  profileLookup: false,
};

const scope: EndpointScope = {
  session: { kind: "elsewhere" },
  logGroupArn: "arn:aws:logs:ap-northeast-1:222233334444:log-group:/cowork/x/invocations",
  keyAlias: "alias/cowork-x",
};

const statement = (sid: string, of: Grant = grant) =>
  identityStatements(of).find(({ Sid }) => Sid === sid);
const endpoint = (service: keyof ReturnType<typeof endpointPolicies>, of = grant, in_ = scope) =>
  JSON.parse(endpointPolicies(of, in_)[service] ?? "null");

describe("the identity policy", () => {
  it("allows the exact profile and its exact destinations through it, and denies the side doors", () => {
    expect(JSON.parse(identityPolicy(grant))).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Profile", Effect: "Allow", Action: invoke, Resource: [profileArn] },
        {
          Sid: "ModelsOnlyThroughProfile1",
          Effect: "Allow",
          Action: invoke,
          Resource: modelArns,
          Condition: { StringEquals: { "bedrock:InferenceProfileArn": profileArn } },
        },
        {
          Sid: "NeverAnywhere",
          Effect: "Deny",
          Action: invoke,
          Resource: "arn:aws:bedrock:::foundation-model/*",
        },
        {
          Sid: "NeverCopyGlobal",
          Effect: "Deny",
          Action: "bedrock:CreateInferenceProfile",
          Resource: "arn:aws:bedrock:*:*:inference-profile/global.*",
        },
        {
          Sid: "NeverAnthropicOperated",
          Effect: "Deny",
          Action: "aws-external-anthropic:*",
          Resource: "*",
        },
        {
          Sid: "NeverLongTermKey",
          Effect: "Deny",
          Action: "iam:CreateServiceSpecificCredential",
          Resource: "*",
          Condition: {
            StringEquals: { "iam:ServiceSpecificCredentialServiceName": "bedrock.amazonaws.com" },
          },
        },
        {
          Sid: "NeverLongTermToken",
          Effect: "Deny",
          Action: "bedrock:CallWithBearerToken",
          Resource: "*",
          Condition: { StringEquals: { "bedrock:BearerTokenType": "LONG_TERM" } },
        },
        {
          Sid: "NeverLongTermTokenMantle",
          Effect: "Deny",
          Action: "bedrock-mantle:CallWithBearerToken",
          Resource: "*",
          Condition: { StringEquals: { "bedrock-mantle:BearerTokenType": "LONG_TERM" } },
        },
        { Sid: "NeverMantle", Effect: "Deny", Action: "bedrock-mantle:*", Resource: "*" },
      ],
    });
  });

  it("writes one condition a profile, so that no profile opens another one's models", () => {
    const [first] = grant.profiles;
    const second = { ...first!, arn: "arn:second", modelId: "anthropic.m2", destinations: ["r2"] };

    expect(
      statement("ModelsOnlyThroughProfile2", { ...grant, profiles: [first!, second] }),
    ).toEqual({
      Sid: "ModelsOnlyThroughProfile2",
      Effect: "Allow",
      Action: invoke,
      Resource: ["arn:aws:bedrock:r2::foundation-model/anthropic.m2"],
      Condition: { StringEquals: { "bedrock:InferenceProfileArn": "arn:second" } },
    });
  });

  it("is the same text for the same grant", () => {
    expect(identityPolicy(structuredClone(grant))).toBe(identityPolicy(grant));
  });

  it("takes the partition from the grant everywhere", () => {
    const gov = { ...grant, partition: "aws-us-gov" as const, profiles: [] };
    expect(identityPolicy(gov)).not.toContain("arn:aws:");
  });

  it("allows bearer tokens only when a laptop sends one, and then short-term ones only", () => {
    expect(statement("ShortTermToken")).toBeUndefined();
    expect(statement("ShortTermToken", { ...grant, bearerToken: true })).toEqual({
      Sid: "ShortTermToken",
      Effect: "Allow",
      Action: "bedrock:CallWithBearerToken",
      Resource: "*",
      Condition: { StringEquals: { "bedrock:BearerTokenType": "SHORT_TERM" } },
    });
  });

  it("allows looking up the granted profiles only when asked to, and never listing them", () => {
    expect(statement("LookUpProfile")).toBeUndefined();
    expect(statement("LookUpProfile", { ...grant, profileLookup: true })).toEqual({
      Sid: "LookUpProfile",
      Effect: "Allow",
      Action: "bedrock:GetInferenceProfile",
      Resource: [profileArn],
    });
  });

  it("denies profile calls from elsewhere, on the profile alone, when an endpoint is named", () => {
    expect(statement("OnlyThroughEndpoint")).toBeUndefined();
    expect(statement("OnlyThroughEndpoint", { ...grant, onlyThroughEndpointId: "vpce-1" })).toEqual(
      {
        Sid: "OnlyThroughEndpoint",
        Effect: "Deny",
        Action: invoke,
        Resource: [profileArn],
        Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
      },
    );
  });

  it("replaces the mantle deny by one project and the named models when mantle is used", () => {
    const used = { ...grant, mantle: { projectId: "default", modelIds: ["anthropic.m"] } };

    expect(statement("NeverMantle", used)).toBeUndefined();
    expect(statement("InRegion", used)).toEqual({
      Sid: "InRegion",
      Effect: "Allow",
      Action: "bedrock-mantle:CreateInference",
      Resource: "arn:aws:bedrock-mantle:ap-northeast-1:222233334444:project/default",
      Condition: { StringEquals: { "bedrock-mantle:Model": ["anthropic.m"] } },
    });
    expect(statement("NeverLongTermTokenMantle", used)).toBeDefined();
  });

  it("allows no action with a wildcard, and no wildcard in a resource of an invoke action", () => {
    const all = { ...grant, bearerToken: true, profileLookup: true, guardrailArn: "arn:g" };
    const allows = identityStatements(all).filter(({ Effect }) => Effect === "Allow");

    expect(allows.flatMap(({ Action }) => Action).filter((a) => a.includes("*"))).toEqual([]);
    const broad = allows.filter(({ Resource }) =>
      [Resource ?? "*"].flat().some((r) => r.includes("*")),
    );
    expect(broad.map(({ Sid }) => Sid)).toEqual(["ShortTermToken"]);
  });
});

describe("the endpoint policies", () => {
  it("exist for exactly the services a grant uses", () => {
    expect(Object.keys(endpointPolicies(grant, scope))).toEqual([
      "bedrock-runtime",
      "sts",
      "logs",
      "kms",
    ]);
    const more = { ...grant, profileLookup: true, mantle: { projectId: "p", modelIds: ["m"] } };
    expect(Object.keys(endpointPolicies(more, scope))).toEqual([
      "bedrock-runtime",
      "bedrock",
      "bedrock-mantle",
      "sts",
      "logs",
      "kms",
    ]);
  });

  it("repeat the role's profiles and models for principals of the account", () => {
    expect(endpoint("bedrock-runtime")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Profile",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: invoke,
          Resource: [profileArn],
          Condition: { StringEquals: { "aws:PrincipalAccount": "222233334444" } },
        },
        {
          Sid: "ModelsOnlyThroughProfile1",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: invoke,
          Resource: modelArns,
          Condition: {
            StringEquals: {
              "bedrock:InferenceProfileArn": profileArn,
              "aws:PrincipalAccount": "222233334444",
            },
          },
        },
      ],
    });
  });

  it("are limited to the organization when one is named", () => {
    const [first] = endpoint("bedrock-runtime", {
      ...grant,
      organizationId: "o-a1b2c3d4e5",
    }).Statement;
    expect(first.Condition).toEqual({ StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } });
  });

  it("limit a web identity by role and owning account, as it has no principal account yet", () => {
    const session = { kind: "web-identity", roleArn: "arn:role", sessionTags: true } as const;

    expect(endpoint("sts", grant, { ...scope, session }).Statement).toEqual([
      {
        Sid: "WhoAmI",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "sts:GetCallerIdentity",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": "222233334444" } },
      },
      {
        Sid: "ExchangeToken",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
        Resource: "arn:role",
        Condition: { StringEquals: { "aws:ResourceAccount": "222233334444" } },
      },
    ]);
  });

  it("limit role assumption to the one principal and the one role", () => {
    const session = { kind: "assume-role", roleArn: "arn:role", principalArn: "arn:p" } as const;

    expect(endpoint("sts", grant, { ...scope, session }).Statement[1]).toEqual({
      Sid: "AssumeRole",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Resource: "arn:role",
      Condition: {
        StringEquals: { "aws:PrincipalArn": "arn:p", "aws:ResourceAccount": "222233334444" },
      },
    });
  });

  it("name the log group and the key's alias", () => {
    expect(endpoint("logs").Statement[0].Resource).toEqual([
      "arn:aws:logs:ap-northeast-1:222233334444:log-group:/cowork/x/invocations",
      "arn:aws:logs:ap-northeast-1:222233334444:log-group:/cowork/x/invocations:*",
    ]);
    expect(endpoint("kms").Statement[0].Condition).toEqual({
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/cowork-x" },
      StringEquals: { "aws:PrincipalAccount": "222233334444" },
    });
  });

  it("never leave a statement without a condition that limits who or whose", () => {
    const all = {
      ...grant,
      bearerToken: true,
      profileLookup: true,
      guardrailArn: "arn:g",
      onlyThroughEndpointId: "vpce-1",
      mantle: { projectId: "p", modelIds: ["m"] },
    };
    const session = { kind: "web-identity", roleArn: "arn:role", sessionTags: false } as const;
    const limiting = ["aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:ResourceAccount"];
    const statements: { Sid: string; Condition?: { StringEquals?: object } }[] = Object.values(
      endpointPolicies(all, { ...scope, session }),
    ).flatMap((text) => JSON.parse(text).Statement);

    const bare = statements.filter(
      ({ Condition }) =>
        !Object.keys(Condition?.StringEquals ?? {}).some((key) => limiting.includes(key)),
    );
    expect(bare).toEqual([]);
    expect(statements.length).toBe(11);
  });
});

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
