import { describe, expect, it } from "vitest";

import { awsModel } from "../../../../offline/providers/aws/model.ts";
import { tokenOf } from "../../../../offline/providers/aws/type-tokens.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const model = awsModel();
const config = { region: "eu-central-1" };

/** Checks inputs of `module/Class`. */
function check(type: string, news: Properties) {
  const token = tokenOf(type);
  const target = { urn: `urn:pulumi:eu::p::${token}::it`, type: token };
  const { inputs, failures } = model.check(target, {}, news, config);
  return { target, inputs, failures: failures.map((f) => `${f.property}: ${f.reason}`) };
}

describe("load balancers of the stand-in", () => {
  it.each([
    { internal: true, starts: "internal-tokens-" },
    { internal: false, starts: "tokens-" },
  ])("are named as AWS names them (internal $internal)", ({ internal, starts }) => {
    const { target, inputs } = check("lb/LoadBalancer", { name: "tokens", internal });
    const { dnsName } = model.create(target, inputs, config).outputs;
    expect(String(dnsName).startsWith(starts)).toBe(true);
    expect(dnsName).toMatch(/-\d{10}\.eu-central-1\.elb\.amazonaws\.com$/);
  });

  it("are open to the internet unless they say otherwise", () => {
    const { target, inputs } = check("lb/LoadBalancer", { name: "tokens" });
    expect(model.create(target, inputs, config).outputs.internal).toBe(false);
  });

  it.each([["a".repeat(33)], ["internal-tokens"], ["-tokens"], ["tokens-"], ["to_kens"]])(
    "are not called %s",
    (name) => {
      expect(check("lb/LoadBalancer", { name }).failures).toEqual([
        `name: "${name}" is not up to 32 letters, digits and hyphens, not beginning or ending with a hyphen or beginning with "internal-"`,
      ]);
    },
  );

  it("verify client certificates in one of three ways", () => {
    const listener = (mode: string) =>
      check("lb/Listener", {
        loadBalancerArn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/x",
        defaultActions: [{ type: "forward" }],
        mutualAuthentication: { mode },
      }).failures;
    expect(listener("verify")).toEqual([]);
    expect(listener("optional")).toEqual([
      'mutualAuthentication.mode: "optional" is not one of "off", "passthrough", "verify"',
    ]);
  });
});

describe("tasks of the stand-in", () => {
  it("are refused when their containers are no JSON", () => {
    expect(
      check("ecs/TaskDefinition", { family: "t", containerDefinitions: "{" }).failures,
    ).toEqual(["containerDefinitions: contains an invalid JSON policy"]);
  });

  it("are made anew when a container changes", () => {
    const replaceOn = model.replaceOn(tokenOf("ecs/TaskDefinition"));
    expect(replaceOn.has("containerDefinitions")).toBe(true);
    expect(replaceOn.has("trackLatest")).toBe(false);
  });

  it("stay unknown while their containers are", () => {
    const news = { family: "t", containerDefinitions: unknown };
    expect(check("ecs/TaskDefinition", news)).toMatchObject({ failures: [], inputs: news });
  });
});

describe("stores of the stand-in", () => {
  it("answer at one cluster endpoint", () => {
    const news = { name: "tokens", aclName: "tokens", nodeType: "db.t4g.small" };
    const { target, inputs } = check("memorydb/Cluster", news);
    expect(model.create(target, inputs, config).outputs.clusterEndpoints).toEqual([
      {
        address: expect.stringMatching(
          /^clustercfg\.tokens\.[0-9a-f]{6}\.memorydb\.eu-central-1\.amazonaws\.com$/,
        ),
        port: 6379,
      },
    ]);
  });

  it.each(["to--kens", "Tokens", "1tokens", "tokens-"])("are not called %s", (name) => {
    expect(check("memorydb/Acl", { name }).failures).toEqual([
      `name: "${name}" is not a MemoryDB name: up to 40 lower-case letters, digits and single hyphens, beginning with a letter`,
    ]);
  });

  it("have users that sign in by IAM or by password", () => {
    const user = (type: string) =>
      check("memorydb/User", {
        userName: "tokens",
        accessString: "on ~* +@all",
        authenticationMode: { type },
      }).failures;
    expect(user("iam")).toEqual([]);
    expect(user("none")).toEqual([
      'authenticationMode.type: "none" is not one of "iam", "password"',
    ]);
  });
});
