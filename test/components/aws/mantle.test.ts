import { describe, expect, it } from "vitest";

import { BedrockAccess } from "../../../components/aws/bedrock-access.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { us } from "./places.ts";

const mantle = { projectId: "default", models: ["anthropic.claude-opus-5"] };
const route = {
  name: "virginia",
  accountId: "111122223333",
  region: "us-east-1",
  models: ["us.anthropic.claude-opus-5-5"],
  network: { kind: "create", cidr: "10.40.0.0/16", clientCidrs: ["10.8.0.0/14"] },
  reach: { kind: "routed" },
  access: { kind: "principal", principalArn: "arn:aws:iam::999988887777:role/token-service" },
  desktop: { kind: "helper-script", path: "/h", windowsPath: "C:\\h.exe", ttlSeconds: 600 },
  logs: { retentionDays: 365, content: false },
  fips: false,
  discovery: false,
  onlyThroughEndpoint: false,
} as const;
const build = (change: object = {}) =>
  deploy(
    () =>
      new BedrockAccess("us-virginia", {
        zone: us,
        geography: "us",
        organization: "example",
        today: "2026-11-21",
        route: { ...route, ...change },
      }),
  );
type Deployed = Awaited<ReturnType<typeof build>>["resources"];

const endpoints = (resources: Deployed) =>
  resources
    .filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint")
    .map(({ inputs }) => String(inputs.serviceName));
const policyOf = (resources: Deployed, name: string): unknown => {
  const text = String(resources.find((one) => one.name === name)?.inputs.policy);
  const { Statement } = JSON.parse(text) as { Statement: { Action: string | string[] }[] };
  return Statement.filter(({ Action }) => [Action].flat().join().includes("bedrock-mantle:"));
};
const longTermDenied = {
  Sid: "NeverLongTermTokenMantle",
  Effect: "Deny",
  Action: "bedrock-mantle:CallWithBearerToken",
  Resource: "*",
  Condition: { StringEquals: { "bedrock-mantle:BearerTokenType": "LONG_TERM" } },
};
const shortTerm = {
  Sid: "ShortTermTokenMantle",
  Effect: "Allow",
  Action: "bedrock-mantle:CallWithBearerToken",
  Resource: "*",
  Condition: { StringEquals: { "bedrock-mantle:BearerTokenType": "SHORT_TERM" } },
};
const inRegion = {
  Sid: "InRegion",
  Effect: "Allow",
  Action: "bedrock-mantle:CreateInference",
  Resource: "arn:aws:bedrock-mantle:us-east-1:111122223333:project/default",
  Condition: { StringEquals: { "bedrock-mantle:Model": ["anthropic.claude-opus-5"] } },
};

describe("bedrock-mantle on a route", () => {
  it("has no endpoint and is denied whole unless it is asked for", async () => {
    const { resources } = await build();
    expect(endpoints(resources)).not.toContain("com.amazonaws.us-east-1.bedrock-mantle");
    const denied = [
      longTermDenied,
      { Sid: "NeverMantle", Effect: "Deny", Action: "bedrock-mantle:*", Resource: "*" },
    ];
    expect(policyOf(resources, "us-virginia-access-policy")).toEqual(denied);
    expect(policyOf(resources, "us-virginia-access-boundary")).toEqual(denied);
  });

  it("is granted short-term, for one project and the named models only, in role, boundary and endpoint", async () => {
    const { resources } = await build({ mantle });
    expect(endpoints(resources)).toContain("com.amazonaws.us-east-1.bedrock-mantle");
    const granted = [shortTerm, inRegion, longTermDenied];
    expect(policyOf(resources, "us-virginia-access-policy")).toEqual(granted);
    expect(policyOf(resources, "us-virginia-access-boundary")).toEqual(granted);
    expect(policyOf(resources, "us-virginia-network-bedrock-mantle")).toEqual([
      {
        ...inRegion,
        Principal: { AWS: "*" },
        Condition: {
          StringEquals: {
            "bedrock-mantle:Model": ["anthropic.claude-opus-5"],
            "aws:PrincipalAccount": "111122223333",
          },
        },
      },
      {
        ...shortTerm,
        Principal: { AWS: "*" },
        Condition: {
          StringEquals: {
            "bedrock-mantle:BearerTokenType": "SHORT_TERM",
            "aws:PrincipalAccount": "111122223333",
          },
        },
      },
    ]);
  });

  it("is refused with FIPS even where every other endpoint has a FIPS name", async () => {
    await build({ fips: true });
    expect(await refusal(build({ fips: true, mantle }))).toBe(
      "us-virginia: invalid arguments\n  fips: bedrock-mantle has no FIPS endpoint anywhere",
    );
  });

  it("is refused without models, without a project, and for a model the region does not serve", async () => {
    expect(await refusal(build({ mantle: { projectId: "", models: [] } }))).toBe(
      [
        "us-virginia: invalid arguments",
        "  mantle.models: empty; name at least one",
        '  mantle.projectId: "" is not a project id',
      ].join("\n"),
    );
    const models = ["anthropic.claude-sonnet-5-5"];
    expect(await refusal(build({ mantle: { ...mantle, models } }))).toBe(
      "us-virginia: invalid arguments\n  mantle.models.0: anthropic.claude-sonnet-5-5 is served in-region in us-gov-west-1, not in us-east-1",
    );
  });
});
