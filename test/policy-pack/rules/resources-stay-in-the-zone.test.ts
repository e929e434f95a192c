import { describe, expect, it } from "vitest";
import { resourcesStayInTheZone as rule } from "../../../policy-pack/rules/resources-stay-in-the-zone.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

const topic = "aws:sns/topic:Topic";
const absent =
  "blocks: undecidable: neither the resource nor its provider says which `region` it is in";
const inUs = "its region is us-east-1: us-east-1 is in US, outside zone eu";

describe("resources-stay-in-the-zone", () => {
  it.each([
    { when: "its own region inside", props: { region: "eu-central-1" }, provider: {}, says: [] },
    { when: "its provider's inside", props: {}, provider: { region: "eu-west-1" }, says: [] },
    {
      when: "its own region outside, whatever the provider says",
      props: { region: "us-east-1" },
      provider: { region: "eu-west-1" },
      says: [`blocks: ${inUs}`],
    },
    {
      when: "its provider's outside",
      props: {},
      provider: { region: "us-east-1" },
      says: [`blocks: ${inUs}`],
    },
    {
      when: "a region nobody knows",
      props: { region: "eu-nowhere-9" },
      provider: {},
      says: [
        'blocks: undecidable: its region is eu-nowhere-9: no dated source says which country the region "eu-nowhere-9" is in',
      ],
    },
    { when: "no region at all", props: { name: "x" }, provider: {}, says: [absent] },
    { when: "an empty region", props: { region: "" }, provider: { region: "" }, says: [absent] },
    { when: "no provider either", props: {}, provider: undefined, says: [absent] },
    {
      when: "a region that is not text",
      props: { region: ["eu-west-1"] },
      provider: {},
      says: [absent],
    },
  ])("judges a regional resource with $when", async ({ props, provider, says }) => {
    expect(await reportsOf(rule, { type: topic, props, provider })).toEqual(says);
  });

  it.each([
    { phase: "preview", says: "advises: not proven, decided at up: `region` is not known yet" },
    { phase: "up", says: "blocks: undecidable: `region` is not known yet" },
  ] as const)("answers for an unknown region at $phase", async ({ phase, says }) => {
    const candidate = { type: topic, props: { region: unknownText }, provider: {} };
    expect(await reportsOf(rule, candidate, { phase })).toEqual([says]);
  });

  it("blocks an unknown region at preview when compliance wants a strict preview", async () => {
    const candidate = { type: topic, props: { region: unknownText }, provider: {} };
    expect(await reportsOf(rule, candidate, { strictPreview: true })).toEqual([
      "blocks: not proven, and strictPreview is on: `region` is not known yet",
    ]);
  });

  it("does not prove a resource that arrives empty because its provider's region is unknown", async () => {
    const candidate = { type: topic, props: {}, provider: { region: unknownText } };
    expect(await reportsOf(rule, candidate)).toEqual([
      "advises: not proven, decided at up: its provider's region, and so every input, is not known",
    ]);
    expect(await reportsOf(rule, candidate, { phase: "up" })).toEqual([
      "blocks: undecidable: its provider's region, and so every input, is not known",
    ]);
  });

  it.each([
    "aws:iam/role:Role",
    "aws:route53/zone:Zone",
    "aws:route53/record:Record",
    "aws:organizations/policy:Policy",
    "aws:bedrock/useCaseForModelAccess:UseCaseForModelAccess",
    "pulumi:providers:aws",
    "pulumi:pulumi:Stack",
    "random:index/randomId:RandomId",
  ])("lets %s through a us-east-1 provider", async (type) => {
    const candidate = { type, props: { region: "us-east-1" }, provider: { region: "us-east-1" } };
    expect(await reportsOf(rule, candidate)).toEqual([]);
  });

  it.each(["aws:route53/resolverEndpoint:ResolverEndpoint", "aws:newservice/thing:Thing"])(
    "takes %s as regional",
    async (type) => {
      const candidate = { type, props: {}, provider: { region: "us-east-1" } };
      expect(await reportsOf(rule, candidate)).toEqual([`blocks: ${inUs}`]);
    },
  );

  it("asks only the provider about Roles Anywhere, which has no region of its own", async () => {
    const candidate = {
      type: "aws:rolesanywhere/trustAnchor:TrustAnchor",
      props: { region: "eu-west-1" },
      provider: { region: "us-east-1" },
    };
    expect(await reportsOf(rule, candidate)).toEqual([`blocks: ${inUs}`]);
  });

  it("cannot judge resources of another cloud", async () => {
    const type = "azure:storage/account:Account";
    expect(await reportsOf(rule, { type, props: {}, provider: {} })).toEqual([
      "blocks: undecidable: no rule yet judges where resources of provider `azure` rest",
    ]);
  });

  it.each([
    "aws:cloudcontrol/resource:Resource",
    "aws:cloudformation/stack:Stack",
    "aws:cloudformation/stackSet:StackSet",
    "aws:cloudformation/stackSetInstance:StackSetInstance",
    "aws:cloudformation/stackInstances:StackInstances",
    "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
    "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
  ])("cannot judge %s, whatever region it is in", async (type) => {
    const candidate = { type, props: { region: "eu-west-1" }, provider: {} };
    expect(await reportsOf(rule, candidate)).toEqual([
      "blocks: undecidable: what it creates stands in a template that no rule reads",
    ]);
  });

  it.each([
    {
      type: "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
      props: { peerRegion: "us-east-1" },
      at: "peerRegion",
    },
    {
      type: "aws:dlm/lifecyclePolicy:LifecyclePolicy",
      props: {
        policyDetails: { schedules: [{ crossRegionCopyRules: [{ targetRegion: "us-east-1" }] }] },
      },
      at: "policyDetails.schedules.0.crossRegionCopyRules.0.targetRegion",
    },
    {
      type: "aws:keyspaces/keyspace:Keyspace",
      props: { replicationSpecification: { regionLists: ["eu-west-1", "us-east-1"] } },
      at: "replicationSpecification.regionLists.1",
    },
    {
      type: "aws:securityhub/findingAggregator:FindingAggregator",
      props: { specifiedRegions: ["us-east-1"] },
      at: "specifiedRegions.0",
    },
    {
      type: "aws:newservice/thing:Thing",
      props: { copies: [{ region: "us-east-1" }] },
      at: "copies.0.region",
    },
  ])("fails $type, which reaches into another region", async ({ type, props, at }) => {
    const candidate = { type, props: { ...props, region: "eu-west-1" }, provider: {} };
    expect(await reportsOf(rule, candidate)).toEqual([
      `blocks: \`${at}\` is us-east-1: us-east-1 is in US, outside zone eu`,
    ]);
  });

  it("passes second regions inside the zone, and what only sounds like a region", async () => {
    const type = "aws:newservice/thing:Thing";
    const props = {
      region: "eu-west-1",
      peerRegion: "eu-central-1",
      regionMode: "us-east-1",
      linkedRegions: ["ALL_REGIONS"],
      tags: { note: "us-east-1", region: "us-east-1", of: "arn:aws:sqs:us-east-1:1:q" },
      roleArn: "arn:aws:iam::111122223333:role/r",
      target: "arn:aws:sqs:eu-west-3:111122223333:q",
      later: { region: unknownText },
    };
    expect(await reportsOf(rule, { type, props, provider: {} })).toEqual([]);
  });

  it.each([
    ["aws:sns/topicSubscription:TopicSubscription", "endpoint", (a: string) => ({ endpoint: a })],
    ["aws:scheduler/schedule:Schedule", "target.arn", (a: string) => ({ target: { arn: a } })],
  ])("fails %s, which sends to another region", async (type, at, props) => {
    const queue = "arn:aws:sqs:us-east-1:111122223333:q";
    const candidate = { type, props: { ...props(queue), region: "eu-west-1" }, provider: {} };
    expect(await reportsOf(rule, candidate)).toEqual([
      `blocks: \`${at}\` "${queue}" is us-east-1: us-east-1 is in US, outside zone eu`,
    ]);
  });

  it("cannot judge a resource whose provider calls addresses of its own", async () => {
    const through = (endpoints: unknown) => ({
      type: topic,
      props: { region: "eu-west-1" },
      provider: { region: "eu-west-1", endpoints },
    });
    for (const endpoints of ['[{"sns":"https://sns.us-east-1.amazonaws.com"}]', [{ sns: "x" }]]) {
      expect(await reportsOf(rule, through(endpoints))).toEqual([
        "blocks: undecidable: its provider sets `endpoints`: what they lead to is not seen",
      ]);
    }
    expect(await reportsOf(rule, through(unknownText))).toEqual([
      "advises: not proven, decided at up: `endpoints` is not known yet",
    ]);
    for (const endpoints of ["[]", "", []]) {
      expect(await reportsOf(rule, through(endpoints))).toEqual([]);
    }
  });

  it("cannot judge a second region nobody knows", async () => {
    const props = { region: "eu-west-1", peerRegion: "eu-nowhere-9" };
    expect(await reportsOf(rule, { type: topic, props, provider: {} })).toEqual([
      'blocks: undecidable: `peerRegion` is eu-nowhere-9: no dated source says which country the region "eu-nowhere-9" is in',
    ]);
  });

  it.each([
    "gcp:storage/bucket:Bucket",
    "azure-native:storage:StorageAccount",
    "azuread:index/applicationRegistration:ApplicationRegistration",
  ])("leaves %s to the rules that know its cloud", async (type) => {
    expect(await reportsOf(rule, { type, props: {}, provider: {} })).toEqual([]);
  });

  it("leaves components alone: their children are judged", async () => {
    const candidate = { type: "cowork:aws:BedrockAccess", props: {}, provider: undefined };
    expect(await reportsOf(rule, candidate)).toEqual([]);
  });

  it("judges nothing, and says so, where no zone is known", async () => {
    const candidate = { type: topic, props: { region: "eu-west-1" }, provider: {} };
    const zone = { problem: 'stack "dev" is mapped to no zone' };
    expect(await reportsOf(rule, candidate, { zone })).toEqual([
      'blocks: undecidable: no zone to judge by: stack "dev" is mapped to no zone',
    ]);
  });
});
