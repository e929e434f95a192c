import { describe, expect, it } from "vitest";
import { endpointsArePrivateAndPinned as rule } from "../../../policy-pack/rules/endpoints-are-private-and-pinned.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

/** What the engine sends in place of a flag that is not known yet. */
const unknownFlag = "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7";
const allow = (more: object) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:*", Resource: "*", ...more }],
});
const pinned = allow({
  Principal: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
});
const good = {
  serviceName: "com.amazonaws.eu-central-1.bedrock-runtime",
  vpcEndpointType: "Interface",
  privateDnsEnabled: true,
  securityGroupIds: ["sg-1"],
  policy: JSON.stringify(pinned),
};
const endpoint = (props: object) => ({
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  props: { ...props },
  provider: { region: "eu-central-1" },
});
const without = (key: keyof typeof good) =>
  Object.fromEntries(Object.entries(good).filter(([name]) => name !== key));

describe("endpoints-are-private-and-pinned", () => {
  it.each([
    { when: "a private, pinned endpoint", props: good },
    { when: "a policy given as an object", props: { ...good, policy: pinned } },
    {
      when: "a named principal",
      props: {
        ...good,
        policy: allow({ Principal: { AWS: "arn:aws:iam::111122223333:role/laptop" } }),
      },
    },
    {
      when: "a Gateway endpoint to S3 in the zone",
      props: { serviceName: "com.amazonaws.eu-central-1.s3", vpcEndpointType: "Gateway" },
    },
    { when: "a service region in the zone", props: { ...good, serviceRegion: "eu-west-1" } },
  ])("passes $when", async ({ props }) => {
    expect(await reportsOf(rule, endpoint(props))).toEqual([]);
  });

  it.each([
    {
      when: "the Gateway type",
      props: { ...good, vpcEndpointType: "Gateway" },
      says: "`vpcEndpointType` is Gateway, not Interface",
    },
    {
      when: "no type",
      props: without("vpcEndpointType"),
      says: "`vpcEndpointType` is Gateway (the default), not Interface",
    },
    {
      when: "private DNS off",
      props: { ...good, privateDnsEnabled: false },
      says: "`privateDnsEnabled` is false, not true",
    },
    {
      when: "private DNS absent",
      props: without("privateDnsEnabled"),
      says: "`privateDnsEnabled` is absent (the default is false), not true",
    },
    {
      when: "no security group",
      props: { ...good, securityGroupIds: [] },
      says: "`securityGroupIds` is empty: the VPC's default group would apply",
    },
    {
      when: "security groups absent",
      props: without("securityGroupIds"),
      says: "`securityGroupIds` is empty: the VPC's default group would apply",
    },
    {
      when: "no policy",
      props: without("policy"),
      says: "`policy` is absent: the default lets every principal do everything",
    },
    {
      when: "a service in another region",
      props: { ...good, serviceName: "com.amazonaws.us-east-1.bedrock-runtime" },
      says: "`serviceName`'s region is us-east-1: us-east-1 is in US, outside zone eu",
    },
    {
      when: "a Gateway endpoint elsewhere",
      props: { serviceName: "com.amazonaws.us-east-1.s3" },
      says: "`serviceName`'s region is us-east-1: us-east-1 is in US, outside zone eu",
    },
    {
      when: "a service region elsewhere",
      props: { ...good, serviceRegion: "eu-west-2" },
      says: "`serviceRegion` is eu-west-2: eu-west-2 is in GB, outside zone eu",
    },
  ])("fails $when", async ({ props, says }) => {
    expect(await reportsOf(rule, endpoint(props))).toEqual([`blocks: ${says}`]);
  });

  const star = (condition?: object) =>
    allow({ Principal: { AWS: "*" }, ...(condition ? { Condition: condition } : {}) });
  const bare = 'blocks: `policy` statement 1 allows any principal ("*") without pinning it';
  it.each([
    { when: "no condition at all", policy: star() },
    {
      when: "a negated condition",
      policy: star({ StringNotEquals: { "aws:PrincipalAccount": "111122223333" } }),
    },
    {
      when: "a condition that absent keys satisfy",
      policy: star({ StringEqualsIfExists: { "aws:PrincipalAccount": "111122223333" } }),
    },
    {
      when: "a condition on something else",
      policy: star({ StringEquals: { "aws:SourceVpc": "vpc-1" } }),
    },
    {
      when: "a wildcard account",
      policy: star({ StringLike: { "aws:PrincipalAccount": "*" } }),
    },
    {
      when: "a wildcard among good values",
      policy: star({ StringLike: { "aws:PrincipalOrgID": ["o-abcdefghij", "*"] } }),
    },
    { when: "an empty list", policy: star({ StringEquals: { "aws:PrincipalOrgID": [] } }) },
    {
      when: "a principal ARN of any account",
      policy: star({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/x" } }),
    },
  ])("fails a bare principal with $when", async ({ policy }) => {
    expect(await reportsOf(rule, endpoint({ ...good, policy }))).toEqual([bare]);
  });

  it("cannot judge an endpoint without a service, or with a policy it cannot read", async () => {
    expect(await reportsOf(rule, endpoint(without("serviceName")))).toEqual([
      "blocks: undecidable: `serviceName` is absent: the service behind the endpoint cannot be seen",
    ]);
    expect(await reportsOf(rule, endpoint({ ...good, policy: "{" }))).toEqual([
      "blocks: undecidable: `policy`: the document is not JSON",
    ]);
  });

  it.each([
    { phase: "preview", says: "advises: not proven, decided at up: `policy` is not known yet" },
    { phase: "up", says: "blocks: undecidable: `policy` is not known yet" },
  ] as const)("answers for an unknown policy at $phase", async ({ phase, says }) => {
    const candidate = endpoint({ ...good, policy: unknownText });
    expect(await reportsOf(rule, candidate, { phase })).toEqual([says]);
  });

  it("judges a policy attached by a resource of its own", async () => {
    const candidate = {
      type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
      props: { vpcEndpointId: "vpce-1", policy: star() },
      provider: { region: "eu-central-1" },
    };
    expect(await reportsOf(rule, candidate)).toEqual([bare]);
  });
});

describe("an unsigned token exchange", () => {
  const exchange = (more: object) =>
    endpoint({
      ...good,
      policy: allow({
        Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
        Principal: "*",
        Resource: "arn:aws:iam::111122223333:role/cowork/eu-frankfurt",
        ...more,
      }),
    });
  const alarm = '`policy` statement 1 allows any principal ("*") without pinning it';

  it("is pinned by the exact role, since nobody has signed it yet", async () => {
    expect(await reportsOf(rule, exchange({}))).toEqual([]);
  });

  it.each([
    { when: "any role", more: { Resource: "*" } },
    { when: "a pattern of roles", more: { Resource: "arn:aws:iam::111122223333:role/*" } },
    { when: "a role of any account", more: { Resource: "arn:aws:iam::*:role/laptop" } },
    {
      when: "one exact role and any other",
      more: { Resource: ["arn:aws:iam::111122223333:role/a", "*"] },
    },
    {
      when: "a signed action beside it",
      more: { Action: ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRole"] },
    },
    { when: "every action", more: { Action: "sts:*" } },
  ])("is refused for $when", async ({ more }) => {
    expect(
      (await reportsOf(rule, exchange(more))).map((r) => r.replace(/^.*?(?=`policy`)/s, "")),
    ).toEqual([alarm]);
  });

  describe("for device certificates", () => {
    const anchors = "arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/*";
    const exchange = (more: object) =>
      endpoint({
        ...good,
        serviceName: "com.amazonaws.eu-central-1.rolesanywhere",
        policy: allow({
          Principal: "*",
          Action: "rolesanywhere:CreateSession",
          Resource: anchors,
          ...more,
        }),
      });

    it("passes an exchange at the trust anchors of one account", async () => {
      expect(await reportsOf(rule, exchange({}))).toEqual([]);
      expect(await reportsOf(rule, exchange({ Resource: anchors.replace("*", "0f1e") }))).toEqual(
        [],
      );
    });

    it.each([
      ["the anchors of every account", { Resource: anchors.replace("111122223333", "*") }],
      ["every resource", { Resource: "*" }],
      ["no resource", { Resource: undefined }],
      ["everything but a resource", { Resource: undefined, NotResource: anchors }],
      ["every action", { Action: "rolesanywhere:*" }],
      [
        "an action beside it",
        { Action: ["rolesanywhere:CreateSession", "rolesanywhere:ListCrls"] },
      ],
      ["every action but one", { Action: undefined, NotAction: "rolesanywhere:CreateSession" }],
    ])("fails an exchange on %s", async (_, more) => {
      expect(await reportsOf(rule, exchange(more))).toEqual([
        'blocks: `policy` statement 1 allows any principal ("*") without pinning it',
      ]);
    });
  });

  describe("the private DNS of an endpoint, set on its own", () => {
    const dns = (props: object) => ({
      type: "aws:vpc/endpointPrivateDns:EndpointPrivateDns",
      props: { vpcEndpointId: "vpce-1", ...props },
    });

    it("passes when it is on", async () => {
      expect(await reportsOf(rule, dns({ privateDnsEnabled: true }))).toEqual([]);
    });

    it.each([
      ["off", { privateDnsEnabled: false }, "blocks: `privateDnsEnabled` is false, not true"],
      ["absent", {}, "blocks: undecidable: `privateDnsEnabled` is absent"],
      [
        "not known yet",
        { privateDnsEnabled: unknownFlag },
        "advises: not proven, decided at up: `privateDnsEnabled` is not known yet",
      ],
    ])("does not pass when it is %s", async (_, props, says) => {
      expect(await reportsOf(rule, dns(props))).toEqual([says]);
    });
  });
});
