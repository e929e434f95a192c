import { describe, expect, it } from "vitest";

import {
  ContentDataset,
  type ContentDatasetArgs,
} from "../../../components/gcp/content-dataset.ts";
import { contentLogRequest } from "../../../components/gcp/content-log-request.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { only } from "../../support/inventory.ts";
import { aKey, asked, grantedKey, optionsSeen, store } from "./stores.ts";

const settings = {
  ...store,
  datasetId: "claude_content",
  retentionDays: 30,
  location: "eu",
  models: ["claude-opus-5-5", "claude-sonnet-5-5"],
};
type Changes = Partial<Omit<ContentDatasetArgs, "key">>;
const build = (changes: Changes = {}) =>
  deploy(() => new ContentDataset("fra", { ...settings, key: grantedKey(), ...changes }));

describe("ContentDataset", () => {
  it("creates one dataset in the data region, under the route's key, closed to viewers", async () => {
    const { resources, result } = await build();
    expect(asked(resources)).toEqual(["Dataset::fra", "CryptoKeyIAMMember::grant"]);
    expect(only(resources, "gcp:bigquery/dataset:Dataset")).toEqual({
      project: "example-claude-eu",
      datasetId: "claude_content",
      location: "europe-west3",
      description:
        "Prompts and answers of cowork route example-eu-frankfurt; stays in europe-west3.",
      defaultEncryptionConfiguration: { kmsKeyName: aKey },
      defaultTableExpirationMs: 2_592_000_000,
      defaultPartitionExpirationMs: 2_592_000_000,
      deleteContentsOnDestroy: false,
      accesses: [{ role: "OWNER", specialGroup: "projectOwners" }],
    });
    expect(result.datasetName).toBe("projects/example-claude-eu/datasets/claude_content");
  });

  it("waits for the grant of its key", async () => {
    const options = optionsSeen();
    await deploy(
      () => new ContentDataset("fra", { ...settings, key: grantedKey() }, options.record),
    );
    expect(options.waitsFor("gcp:bigquery/dataset:Dataset")).toEqual([
      "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    ]);
  });

  it("leaves one sentence a model for the step no provider can take", async () => {
    const { result } = await build({ models: ["claude-opus-5-5"] });
    expect(result.remainingSteps).toEqual([
      'Switch the log of prompts and answers on for claude-opus-5-5: POST {"publisherModelConfig":{"loggingConfig":{"enabled":true,"samplingRate":1,"bigqueryDestination":{"outputUri":"bq://example-claude-eu.claude_content.claude_calls"}}}} to https://aiplatform.eu.rep.googleapis.com/v1beta1/projects/example-claude-eu/locations/eu/publishers/anthropic/models/claude-opus-5-5:setPublisherModelConfig (docs/runbook-vertex.md).',
    ]);
    expect((await build()).result.remainingSteps).toHaveLength(2);
  });

  it("names every bad argument in one error", async () => {
    const changes = { datasetId: "claude-content", retentionDays: 0, label: "Bad" };
    expect(await refusal(build(changes))).toBe(
      [
        "fra: invalid arguments",
        '  label: "Bad" may hold lower-case letters, digits and single hyphens between them',
        '  datasetId: "claude-content" is no dataset id: 1 to 1024 letters, digits and underscores',
        "  retentionDays: 0 days; need a whole number from 1 to 3650",
      ].join("\n"),
    );
  });

  it.each(["US", "EU", "us", "europe-west6", "global"])(
    "refuses to rest in %s",
    async (dataRegion) => {
      const place = { ...store.place, dataRegion };
      expect(await refusal(build({ place }))).toContain("fra: invalid arguments\n  dataRegion: ");
    },
  );
});

describe("contentLogRequest", () => {
  const target = { projectId: "p-vertex", datasetId: "d" };

  it.each([
    ["eu", "aiplatform.eu.rep.googleapis.com"],
    ["us", "aiplatform.us.rep.googleapis.com"],
    ["asia-southeast1", "asia-southeast1-aiplatform.googleapis.com"],
  ])("goes to the host of %s", (location, host) => {
    expect(contentLogRequest({ ...target, location }, "claude-sonnet-4-5@20250929").url).toBe(
      `https://${host}/v1beta1/projects/p-vertex/locations/${location}/publishers/anthropic/models/claude-sonnet-4-5@20250929:setPublisherModelConfig`,
    );
  });

  it("knows no host of an invented location", () => {
    expect(() => contentLogRequest({ ...target, location: "europe-west4" }, "m")).toThrow(
      new Error('no Claude endpoint at "europe-west4"'),
    );
  });
});
