import { describe, expect, it } from "vitest";

import { MantleAccess } from "../../../components/aws/mantle-access.ts";
import { deploy, refusal, resolved } from "../../support/deploy.ts";
import { eu } from "./places.ts";

const route = {
  name: "stockholm",
  accountId: "111122223333",
  region: "eu-north-1",
  models: ["anthropic.claude-opus-5", "anthropic.claude-sonnet-5"],
  projectId: "default",
  network: { kind: "create", cidr: "10.44.0.0/16", clientCidrs: ["10.8.0.0/14"] },
  reach: { kind: "resolver" },
  access: { kind: "principal", principalArn: "arn:aws:iam::999988887777:role/token-service" },
  desktop: { kind: "helper-script", path: "/h", windowsPath: "C:\\h.exe", ttlSeconds: 600 },
  logs: { retentionDays: 365 },
} as const;
const build = (change: object = {}) =>
  deploy(
    () =>
      new MantleAccess("eu-stockholm", {
        zone: eu,
        geography: "eu",
        organization: "example",
        today: "2026-11-21",
        route: { ...route, ...change },
      }),
  );
type Deployed = Awaited<ReturnType<typeof build>>["resources"];
const statements = (resources: Deployed, name: string) => {
  const text = String(resources.find((one) => one.name === name)?.inputs.policy);
  return (JSON.parse(text) as { Statement: { Sid: string; Effect: string }[] }).Statement;
};
const project = "arn:aws:bedrock-mantle:eu-north-1:111122223333:project/default";
const models = ["anthropic.claude-opus-5", "anthropic.claude-sonnet-5"];

describe("MantleAccess", () => {
  it("allows one project's inference with the named models, and nothing on Bedrock", async () => {
    const { resources } = await build();
    const policy = statements(resources, "eu-stockholm-access-policy");
    expect(policy.filter(({ Effect }) => Effect === "Allow")).toEqual([
      {
        Sid: "InRegion",
        Effect: "Allow",
        Action: "bedrock-mantle:CreateInference",
        Resource: project,
        Condition: { StringEquals: { "bedrock-mantle:Model": models } },
      },
      {
        Sid: "ShortTermTokenMantle",
        Effect: "Allow",
        Action: "bedrock-mantle:CallWithBearerToken",
        Resource: "*",
        Condition: { StringEquals: { "bedrock-mantle:BearerTokenType": "SHORT_TERM" } },
      },
    ]);
    expect(policy.filter(({ Effect }) => Effect === "Deny").map(({ Sid }) => Sid)).toEqual([
      "NeverAnywhere",
      "NeverCopyGlobal",
      "NeverAnthropicOperated",
      "NeverLongTermKey",
      "NeverLongTermToken",
      "NeverLongTermTokenMantle",
    ]);
  });

  it("has two endpoints, and the one for inference lets in the account's own principals only", async () => {
    const { resources } = await build();
    const endpoints = resources.filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint");
    expect(endpoints.map(({ inputs }) => inputs.serviceName)).toEqual([
      "com.amazonaws.eu-north-1.bedrock-mantle",
      "com.amazonaws.eu-north-1.sts",
    ]);
    expect(statements(resources, "eu-stockholm-network-bedrock-mantle")).toEqual([
      {
        Sid: "InRegion",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "bedrock-mantle:CreateInference",
        Resource: project,
        Condition: {
          StringEquals: {
            "bedrock-mantle:Model": models,
            "aws:PrincipalAccount": "111122223333",
          },
        },
      },
      {
        Sid: "ShortTermTokenMantle",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "bedrock-mantle:CallWithBearerToken",
        Resource: "*",
        Condition: {
          StringEquals: {
            "bedrock-mantle:BearerTokenType": "SHORT_TERM",
            "aws:PrincipalAccount": "111122223333",
          },
        },
      },
    ]);
  });

  it("keeps a key and a trail in the region, and no invocation log that would hold nothing", async () => {
    const { resources } = await build();
    const types = resources.map(({ type }) => type);
    expect(types).toContain("aws:kms/key:Key");
    expect(types).toContain("aws:cloudtrail/trail:Trail");
    expect(types.filter((type) => type.startsWith("aws:bedrock/"))).toEqual([]);
    const elsewhere = resources.filter(
      ({ type, inputs }) =>
        type.startsWith("aws:") && !type.startsWith("aws:iam/") && inputs.region !== "eu-north-1",
    );
    expect(elsewhere).toEqual([]);
  });

  it("says in its outputs where laptops call, and what is not logged or confirmed", async () => {
    const { result } = await build();
    expect(await resolved(result.route)).toEqual({
      name: "stockholm",
      provider: "mantle",
      partition: "aws",
      accountId: "111122223333",
      region: "eu-north-1",
      projectId: "default",
      baseUrl: "https://bedrock-mantle.eu-north-1.api.aws/anthropic",
      reach: { kind: "resolver", addresses: ["10.44.0.10", "10.44.128.10"] },
      models: [
        { id: "anthropic.claude-opus-5", label: "Claude Opus 5" },
        { id: "anthropic.claude-sonnet-5", label: "Claude Sonnet 5" },
      ],
      signIn: expect.objectContaining({ kind: "principal", maxSessionSeconds: 3600 }),
      desktop: route.desktop,
      logs: expect.objectContaining({
        bucketName: "cowork-example-eu-stockholm-111122223333",
        retentionDays: 365,
        invocations: "not logged",
      }),
      caveats: [
        "invocation logging does not cover bedrock-mantle: CloudTrail says who called, nothing else does",
        "whether the bedrock-mantle endpoint honours its policy is not confirmed by AWS",
      ],
    });
  });

  it("refuses a profile id, a model the region does not serve and one listed twice, all at once", async () => {
    const asked = [
      "eu.anthropic.claude-opus-5-5",
      "anthropic.claude-sonnet-5-5",
      "anthropic.claude-opus-5",
      "anthropic.claude-opus-5",
    ];
    expect(await refusal(build({ models: asked }))).toEqual(
      [
        "eu-stockholm: invalid arguments",
        "  models.0: undecidable: eu.anthropic.claude-opus-5-5 is no base model id of the catalogue of 2026-10-18; mantle knows no profiles; use provider bedrock: eu.anthropic.claude-opus-5-5 from eu-central-1",
        "  models.1: undecidable: bedrock-mantle is not known to serve anthropic.claude-sonnet-5-5 in eu-north-1, only in us-gov-west-1; use provider bedrock: eu.anthropic.claude-opus-5-5 from eu-central-1",
        '  models.3: "anthropic.claude-opus-5" is listed twice',
      ].join("\n"),
    );
  });

  it("refuses an empty list, a project that is none and a region outside", async () => {
    expect(await refusal(build({ models: [], projectId: "*" }))).toBe(
      [
        "eu-stockholm: invalid arguments",
        "  models: empty; name at least one",
        '  projectId: "*" is not a project id',
      ].join("\n"),
    );
    expect(await refusal(build({ region: "us-east-1" }))).toContain(
      "region: outside: us-east-1 is in US, outside zone eu",
    );
  });
});
