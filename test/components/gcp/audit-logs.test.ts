import * as gcp from "@pulumi/gcp";
import { describe, expect, it } from "vitest";

import { AuditLogs, type AuditLogsArgs } from "../../../components/gcp/audit-logs.ts";
import { claudeCallFilter } from "../../../components/gcp/claude-call-filter.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { only } from "../../support/inventory.ts";
import { aKey, asked, grantedKey, optionsSeen, store } from "./stores.ts";

const settings = { ...store, retentionDays: 365, locked: false };
type Changes = Partial<Omit<AuditLogsArgs, "key">>;
const build = (changes: Changes = {}) =>
  deploy(() => new AuditLogs("fra", { ...settings, key: grantedKey(), ...changes }));

const bucketName =
  "projects/example-claude-eu/locations/europe-west3/buckets/cowork-example-eu-frankfurt";
const filter =
  'log_id("cloudaudit.googleapis.com/data_access") AND protoPayload.serviceName="aiplatform.googleapis.com" AND protoPayload.resourceName:"/publishers/anthropic/models/"';

describe("AuditLogs", () => {
  it("creates a bucket under the route's key, a sink to it and an exclusion", async () => {
    const { resources, result } = await build();
    expect(asked(resources)).toEqual([
      "CryptoKeyIAMMember::grant",
      "ProjectBucketConfig::fra",
      "ProjectExclusion::fra",
      "ProjectSink::fra",
    ]);
    expect(only(resources, "gcp:logging/projectBucketConfig:ProjectBucketConfig")).toEqual({
      project: "example-claude-eu",
      location: "europe-west3",
      bucketId: "cowork-example-eu-frankfurt",
      description:
        "Audit entries of Claude calls of cowork route example-eu-frankfurt; stays in europe-west3.",
      retentionDays: 365,
      locked: false,
      cmekSettings: { kmsKeyName: aKey },
    });
    expect(result.bucketName).toBe(bucketName);
  });

  it("routes Claude calls to the bucket and keeps the same entries out of _Default", async () => {
    const { resources } = await build();
    expect(only(resources, "gcp:logging/projectSink:ProjectSink")).toEqual({
      project: "example-claude-eu",
      name: "cowork-example-eu-frankfurt",
      description: `Calls to Claude, to ${bucketName}.`,
      destination: `logging.googleapis.com/${bucketName}`,
      filter,
      uniqueWriterIdentity: true,
    });
    expect(only(resources, "gcp:logging/projectExclusion:ProjectExclusion")).toEqual({
      project: "example-claude-eu",
      name: "cowork-example-eu-frankfurt",
      description: `Calls to Claude rest in ${bucketName} only.`,
      filter,
    });
  });

  it("locks the bucket only where that was asked for", async () => {
    const { resources } = await build({ locked: true, retentionDays: 3650 });
    const bucket = only(resources, "gcp:logging/projectBucketConfig:ProjectBucketConfig");
    expect([bucket.locked, bucket.retentionDays]).toEqual([true, 3650]);
  });

  it("makes the bucket after the grant, the sink after the bucket, the exclusion last", async () => {
    const options = optionsSeen();
    await deploy(() => {
      const ready = [new gcp.projects.Service("apis", { service: "logging.googleapis.com" })];
      const project = { ...store.project, ready };
      return new AuditLogs("fra", { ...settings, project, key: grantedKey() }, options.record);
    });
    expect(options.waitsFor("gcp:logging/projectBucketConfig:ProjectBucketConfig")).toEqual([
      "gcp:projects/service:Service",
      "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    ]);
    expect(options.waitsFor("gcp:logging/projectSink:ProjectSink")).toEqual([
      "gcp:logging/projectBucketConfig:ProjectBucketConfig",
    ]);
    expect(options.waitsFor("gcp:logging/projectExclusion:ProjectExclusion")).toEqual([
      "gcp:logging/projectSink:ProjectSink",
    ]);
  });

  it("says what is left to people", async () => {
    expect((await build()).result.remainingSteps).toEqual([
      `Call each model once, streamed as well, and find the entries in ${bucketName}: Google's list of audited methods does not name streamRawPredict (docs/runbook-vertex.md).`,
      "See where the log buckets _Required and _Default of example-claude-eu lie: entries other than Claude calls rest there, in global unless the organization's default resource settings placed them when the project was made (docs/runbook-vertex.md).",
    ]);
  });

  it.each([0, 1.5, 3651, -1, Number.NaN])("refuses to keep entries %d days", async (days) => {
    expect(await refusal(build({ retentionDays: days }))).toBe(
      `fra: invalid arguments\n  retentionDays: ${days} days; need a whole number from 1 to 3650`,
    );
  });

  it.each([
    ["global", /^fra: .*\n {2}dataRegion: outside: global promises no place, .*; zone eu has /],
    ["europe-west2", /^fra: .*\n {2}dataRegion: outside: europe-west2 is in GB, outside zone eu; /],
    ["eu", /^fra: .*\n {2}dataRegion: "eu" is not one region; zone eu has europe-central2, /],
    ["EUROPE-WEST3", /^fra: .*\n {2}dataRegion: "EUROPE-WEST3" is not one region; zone eu has /],
    ["", /^fra: .*\n {2}dataRegion: undecidable: no dated source says where .* "" is; zone eu /],
  ])("refuses the data region %j", async (dataRegion, message) => {
    expect(await refusal(build({ place: { ...store.place, dataRegion } }))).toMatch(message);
  });
});

describe("claudeCallFilter", () => {
  const entry = (changes: Record<string, string> = {}) => ({
    log: "cloudaudit.googleapis.com/data_access",
    service: "aiplatform.googleapis.com",
    resource: "projects/p/locations/eu/publishers/anthropic/models/claude-opus-5-5",
    ...changes,
  });

  it.each([
    ["a call, whatever its method", entry(), true],
    [
      "token counting",
      entry({ resource: "projects/p/locations/eu/publishers/anthropic/models/count-tokens" }),
      true,
    ],
    ["an Admin Activity entry", entry({ log: "cloudaudit.googleapis.com/activity" }), false],
    [
      "a model of another publisher",
      entry({ resource: "projects/p/locations/eu/publishers/google/models/gemini-3" }),
      false,
    ],
    ["another service", entry({ service: "storage.googleapis.com" }), false],
    ["an entry without a resource", entry({ resource: "" }), false],
  ])("%s", (_, { log, service, resource }, kept) => {
    expect(matches(claudeCallFilter, { log, service, resource })).toBe(kept);
  });
});

/** The part of Logging's query language the filter uses, read from its documentation. */
function matches(text: string, entry: { log: string; service: string; resource: string }): boolean {
  return text.split(" AND ").every((part) => {
    const log = /^log_id\("(.+)"\)$/.exec(part);
    if (log) return entry.log === log[1];
    const compared = /^protoPayload\.(serviceName|resourceName)([=:])"(.+)"$/.exec(part);
    if (!compared) throw new Error(`not understood: ${part}`);
    const value = compared[1] === "serviceName" ? entry.service : entry.resource;
    return compared[2] === "=" ? value === compared[3] : value.includes(compared[3]!);
  });
}
