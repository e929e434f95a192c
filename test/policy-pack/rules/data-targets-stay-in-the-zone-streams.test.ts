import { describe, expect, it } from "vitest";
import { dataTargetsStayInTheZone as rule } from "../../../policy-pack/rules/data-targets-stay-in-the-zone.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

const bucket = (name: string, region: string): Candidate => ({
  type: "aws:s3/bucket:Bucket",
  name,
  props: { bucket: name, region },
  provider: {},
});
const others = [bucket("inside", "eu-west-1"), bucket("outside", "us-east-1")];
const stream = (props: Record<string, unknown>): Candidate => ({
  type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  props,
});
const account = (policyType: string | undefined, policyDocument: unknown): Candidate => ({
  type: "aws:cloudwatch/logAccountPolicy:LogAccountPolicy",
  props: { policyName: "p", ...(policyType && { policyType }), policyDocument },
});
const US = "us-east-1 is in US, outside zone eu";
const backup = (bucketArn: string) => ({ s3Configuration: { bucketArn } });
const domain = "https://search-logs-abc.eu-central-1.es.amazonaws.com";

describe("data-targets-stay-in-the-zone, of delivery streams", () => {
  it.each([
    ["a bucket in the zone", { extendedS3Configuration: { bucketArn: "arn:aws:s3:::inside" } }],
    ["a search domain in the zone", { opensearchConfiguration: { clusterEndpoint: domain } }],
    [
      "a cluster in the zone",
      {
        redshiftConfiguration: {
          clusterJdbcurl: "jdbc:redshift://c.abc.eu-central-1.redshift.amazonaws.com:5439/dev",
        },
      },
    ],
  ])("passes %s", async (_, props) => {
    expect(await reportsOf(rule, stream(props), { others })).toEqual([]);
  });

  it.each([
    [
      "a web address",
      { httpEndpointConfiguration: { url: "https://logs.example.com/in" } },
      '`httpEndpointConfiguration.url` is "https://logs.example.com/in": where that address is cannot be seen',
    ],
    [
      "a web address with a place in its path",
      {
        httpEndpointConfiguration: {
          url: "https://logs.example.com/x.eu-central-1.es.amazonaws.com",
        },
      },
      '`httpEndpointConfiguration.url` is "https://logs.example.com/x.eu-central-1.es.amazonaws.com": where that address is cannot be seen',
    ],
    [
      "a web address with a place before its host",
      {
        httpEndpointConfiguration: {
          url: "https://x.eu-central-1.es.amazonaws.com@logs.example.com",
        },
      },
      '`httpEndpointConfiguration.url` is "https://x.eu-central-1.es.amazonaws.com@logs.example.com": where that address is cannot be seen',
    ],
    [
      "Splunk",
      { splunkConfiguration: { hecEndpoint: "https://s.example.com" } },
      '`splunkConfiguration.hecEndpoint` is "https://s.example.com": where that address is cannot be seen',
    ],
    [
      "Snowflake",
      { snowflakeConfiguration: { accountUrl: "https://acme.snowflakecomputing.com" } },
      '`snowflakeConfiguration.accountUrl` is "https://acme.snowflakecomputing.com": where that address is cannot be seen',
    ],
    [
      "an empty address",
      { httpEndpointConfiguration: { url: "" } },
      '`httpEndpointConfiguration.url` is "": where that address is cannot be seen',
    ],
  ])("cannot judge %s", async (_, props, says) => {
    expect(await reportsOf(rule, stream(props), { others })).toEqual([
      `blocks: undecidable: ${says}`,
    ]);
  });

  it.each([
    [
      "a search domain elsewhere",
      {
        elasticsearchConfiguration: { domainArn: "arn:aws:es:us-east-1:111122223333:domain/logs" },
      },
      `\`elasticsearchConfiguration.domainArn\`: the target's region is us-east-1: ${US}`,
    ],
    [
      "a collection elsewhere",
      {
        opensearchserverlessConfiguration: {
          collectionEndpoint: "https://abc.us-east-1.aoss.amazonaws.com",
        },
      },
      `\`opensearchserverlessConfiguration.collectionEndpoint\`: the address's region is us-east-1: ${US}`,
    ],
    [
      "tables elsewhere",
      {
        icebergConfiguration: { catalogArn: "arn:aws:glue:us-east-1:111122223333:catalog" },
      },
      `\`icebergConfiguration.catalogArn\`: the target's region is us-east-1: ${US}`,
    ],
    ...["opensearch", "redshift", "splunk"].map((kind): [string, object, string] => [
      `what ${kind} did not take, kept elsewhere`,
      { [`${kind}Configuration`]: backup("arn:aws:s3:::outside") },
      `\`${kind}Configuration.s3Configuration.bucketArn\` is outside, whose region is us-east-1: ${US}`,
    ]),
    [
      "a backup elsewhere",
      {
        extendedS3Configuration: {
          bucketArn: "arn:aws:s3:::inside",
          s3BackupConfiguration: { bucketArn: "arn:aws:s3:::outside" },
        },
      },
      `\`extendedS3Configuration.s3BackupConfiguration.bucketArn\` is outside, whose region is us-east-1: ${US}`,
    ],
  ])("fails %s", async (_, props, says) => {
    expect(await reportsOf(rule, stream({ ...props }), { others })).toEqual([`blocks: ${says}`]);
  });

  it("proves nothing of an address that is not known yet", async () => {
    const candidate = stream({ httpEndpointConfiguration: { url: unknownText } });
    expect(await reportsOf(rule, candidate)).toEqual([
      "advises: not proven, decided at up: `httpEndpointConfiguration.url` is not known yet",
    ]);
  });
});

describe("data-targets-stay-in-the-zone, of log policies", () => {
  const sendTo = (region: string) =>
    JSON.stringify({ DestinationArn: `arn:aws:logs:${region}:111122223333:destination:d` });
  const findings = (name: string) =>
    JSON.stringify({
      Statement: [{ Operation: { Audit: { FindingsDestination: { S3: { Bucket: name } } } } }],
    });

  it.each([
    ["a destination in the zone", account("SUBSCRIPTION_FILTER_POLICY", sendTo("eu-west-1"))],
    ["findings kept in the zone", account("DATA_PROTECTION_POLICY", findings("inside"))],
    ["an index", account("FIELD_INDEX_POLICY", JSON.stringify({ Fields: ["a"] }))],
  ])("passes %s", async (_, candidate) => {
    expect(await reportsOf(rule, candidate, { others })).toEqual([]);
  });

  it.each([
    [
      "every log of the account sent elsewhere",
      account("SUBSCRIPTION_FILTER_POLICY", sendTo("us-east-1")),
      `\`policyDocument\` DestinationArn: the target's region is us-east-1: ${US}`,
    ],
    [
      "the same where the type is absent",
      account(undefined, sendTo("us-east-1")),
      `\`policyDocument\` DestinationArn: the target's region is us-east-1: ${US}`,
    ],
    [
      "findings kept elsewhere",
      account("DATA_PROTECTION_POLICY", findings("outside")),
      `\`policyDocument\` Statement.0.Operation.Audit.FindingsDestination.S3.Bucket is outside, whose region is us-east-1: ${US}`,
    ],
    [
      "findings of one log group kept elsewhere",
      {
        type: "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy",
        props: { policyDocument: findings("outside") },
      },
      `\`policyDocument\` Statement.0.Operation.Audit.FindingsDestination.S3.Bucket is outside, whose region is us-east-1: ${US}`,
    ],
    [
      "a delivery elsewhere",
      {
        type: "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
        props: {
          deliveryDestinationConfiguration: { destinationResourceArn: "arn:aws:s3:::outside" },
        },
      },
      `\`deliveryDestinationConfiguration.destinationResourceArn\` is outside, whose region is us-east-1: ${US}`,
    ],
  ])("fails %s", async (_, candidate, says) => {
    expect(await reportsOf(rule, candidate, { others })).toEqual([`blocks: ${says}`]);
  });

  it.each([
    ["that is no JSON", "text", "`policyDocument` is not JSON"],
    ["that is empty", "", "`policyDocument` is not JSON"],
    ["that is absent", undefined, "`policyDocument` is absent"],
    [
      "whose destination is no text",
      '{"DestinationArn":7}',
      "`policyDocument` DestinationArn is not text",
    ],
  ])("cannot judge a document %s", async (_, text, says) => {
    const { type, props } = account("SUBSCRIPTION_FILTER_POLICY", text);
    const given = Object.fromEntries(
      Object.entries(props).filter(([, value]) => value !== undefined),
    );
    expect(await reportsOf(rule, { type, props: given })).toEqual([`blocks: undecidable: ${says}`]);
  });
});
