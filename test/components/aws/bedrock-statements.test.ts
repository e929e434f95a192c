import { describe, expect, it } from "vitest";

import {
  type Grant,
  identityPolicy,
  identityStatements,
} from "../../../components/aws/bedrock-statements.ts";
import { grant, invoke, modelArns, profileArn } from "./grant-support.ts";

const statement = (sid: string, of: Grant = grant) =>
  identityStatements(of).find(({ Sid }) => Sid === sid);

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

  it("applies the guardrail, and its profile wherever text may be checked", () => {
    expect(statement("ApplyGuardrail")).toBeUndefined();
    expect(statement("ApplyGuardrail", { ...grant, guardrailArns: ["arn:g", "arn:p"] })).toEqual({
      Sid: "ApplyGuardrail",
      Effect: "Allow",
      Action: "bedrock:ApplyGuardrail",
      Resource: ["arn:g", "arn:p"],
    });
  });

  it("allows no action with a wildcard, and no wildcard in a resource of an invoke action", () => {
    const all = { ...grant, bearerToken: true, profileLookup: true, guardrailArns: ["arn:g"] };
    const allows = identityStatements(all).filter(({ Effect }) => Effect === "Allow");

    expect(allows.flatMap(({ Action }) => Action).filter((a) => a.includes("*"))).toEqual([]);
    const broad = allows.filter(({ Resource }) =>
      [Resource ?? "*"].flat().some((r) => r.includes("*")),
    );
    expect(broad.map(({ Sid }) => Sid)).toEqual(["ShortTermToken"]);
  });
});
