import { describe, expect, it } from "vitest";

import {
  type EndpointScope,
  endpointPolicies,
} from "../../../components/aws/bedrock-endpoint-policies.ts";
import { grant, invoke, modelArns, profileArn } from "./grant-support.ts";

const scope: EndpointScope = {
  session: { kind: "elsewhere" },
  logGroupArn: "arn:aws:logs:ap-northeast-1:222233334444:log-group:/cowork/x/invocations",
  keyAlias: "alias/cowork-x",
};
const endpoint = (service: keyof ReturnType<typeof endpointPolicies>, of = grant, in_ = scope) =>
  JSON.parse(endpointPolicies(of, in_)[service] ?? "null");

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

  it("limit a device certificate by the account's trust anchors and the certificate's subject", () => {
    const session = {
      kind: "device-certificate",
      trustAnchorArns: "arn:aws:rolesanywhere:ap-northeast-1:222233334444:trust-anchor/*",
      subject: { O: "Example Corp", OU: "Laptops" },
    } as const;

    expect(endpoint("rolesanywhere", grant, { ...scope, session }).Statement).toEqual([
      {
        Sid: "ExchangeCertificate",
        Effect: "Allow",
        Principal: "*",
        Action: "rolesanywhere:CreateSession",
        Resource: "arn:aws:rolesanywhere:ap-northeast-1:222233334444:trust-anchor/*",
        Condition: {
          StringEquals: {
            "rolesanywhere:x509Subject/O": "Example Corp",
            "rolesanywhere:x509Subject/OU": "Laptops",
          },
        },
      },
    ]);
    expect(endpoint("sts", grant, { ...scope, session }).Statement.length).toBe(1);
    expect(endpoint("rolesanywhere")).toBe(null);
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
      guardrailArns: ["arn:g"],
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
