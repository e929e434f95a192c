import { describe, expect, test } from "vitest";

import type { Zone } from "../../residency/types.ts";
import { type UpstreamQuery, verdict } from "../../residency/verdict.ts";
import { builtInZones, resolveZone } from "../../residency/zones.ts";

const today = "2026-11-21";
const eu = builtInZones.eu!;
const pilot: Zone = { ...eu, id: "pilot", accepts: ["anthropic-direct"] };

describe("Anthropic direct", () => {
  test("is outside every built-in zone, with what would be inside", () => {
    for (const zone of Object.values(builtInZones)) {
      const judged = verdict({ zone, provider: "anthropic", today });
      expect(judged.status).toBe("outside");
      expect(judged.anthropicSees).toBe("content");
    }
    expect(verdict({ zone: eu, provider: "anthropic", today })).toMatchObject({
      reason: "processed by Anthropic itself; zone eu does not accept anthropic-direct",
      alternative: "provider bedrock: eu.anthropic.claude-opus-5-5 from eu-central-1",
    });
  });

  test("is possible where compliance says so, and stays outside the guarantee", () => {
    expect(verdict({ zone: pilot, provider: "anthropic", today })).toEqual({
      status: "inside",
      places: [{ region: "Anthropic's own infrastructure", country: undefined }],
      reason: "zone pilot accepts anthropic-direct: processed by Anthropic, outside the guarantee",
      source: {
        url: "https://claude.com/docs/third-party/claude-desktop/overview",
        date: "2026-09",
      },
      anthropicSees: "content",
    });
  });

  test("is not meant by a zone that accepts Azure, anywhere", () => {
    const zone: Zone = { ...eu, accepts: ["azure-anywhere"] };
    expect(verdict({ zone, provider: "anthropic", today }).status).toBe("outside");
  });

  test("makes a zone servable that no provider serves otherwise", () => {
    const given = { id: "uk", label: "UK", countries: ["GB"] };
    expect(resolveZone(given)).toHaveProperty("problems");
    expect(resolveZone({ ...given, accepts: ["anthropic-direct"] })).toEqual({
      zone: { ...given, accepts: ["anthropic-direct"], awsPartition: "aws", acceptances: [] },
    });
  });
});

describe("mantle", () => {
  const ask = (zone: Zone, region: string, model: string) =>
    verdict({ zone, provider: "mantle", region, model, today });

  test("stays in its region, and says what is not logged", () => {
    expect(ask(eu, "eu-west-1", "anthropic.claude-opus-4-8")).toEqual({
      status: "inside",
      places: [{ region: "eu-west-1", country: "IE" }],
      reason: "anthropic.claude-opus-4-8 is processed in eu-west-1 only",
      source: {
        url: "https://platform.claude.com/docs/en/build-with-claude/claude-in-amazon-bedrock",
        date: "2026-10-08",
      },
      anthropicSees: "none",
      caveats: [
        "invocation logging does not cover bedrock-mantle: CloudTrail says who called, nothing else does",
      ],
    });
  });

  test.each([
    [
      "a region it does not serve",
      eu,
      "eu-central-1",
      "anthropic.claude-opus-4-8",
      "undecidable",
      "bedrock-mantle is not known to serve anthropic.claude-opus-4-8 in eu-central-1, only in ap-northeast-1, eu-north-1, eu-west-1, us-east-1",
    ],
    [
      "a region outside the zone",
      eu,
      "us-east-1",
      "anthropic.claude-opus-4-8",
      "outside",
      "the request is sent to us-east-1: us-east-1 is in US, outside zone eu",
    ],
    [
      "a region nobody places",
      eu,
      "",
      "anthropic.claude-opus-4-8",
      "undecidable",
      'the request is sent to : no dated source says which country the region "" is in',
    ],
    [
      "a profile id",
      eu,
      "eu-west-1",
      "eu.anthropic.claude-opus-4-8",
      "undecidable",
      "eu.anthropic.claude-opus-4-8 is no base model id of the catalogue of 2026-10-18; mantle knows no profiles",
    ],
  ])("refuses %s", (_what, zone, region, model, status, reason) => {
    expect(ask(zone, region, model)).toMatchObject({ status, reason });
  });
});

describe("a gateway", () => {
  const bedrock: UpstreamQuery = {
    zone: eu,
    provider: "bedrock",
    region: "eu-central-1",
    model: "eu.anthropic.claude-opus-5-5",
    today,
  };
  const vertex: UpstreamQuery = {
    zone: eu,
    provider: "vertex",
    region: "europe-west1",
    model: "claude-opus-4-6",
    today,
  };
  const anthropic: UpstreamQuery = { zone: eu, provider: "anthropic", today };
  const foundry: UpstreamQuery = {
    zone: eu,
    provider: "foundry",
    region: "swedencentral",
    model: "claude-opus-5-5",
    version: undefined,
    sku: "GlobalStandard",
    today,
  };
  const ask = (...upstreams: { name: string; query: UpstreamQuery }[]) =>
    verdict({ zone: eu, provider: "gateway", upstreams, today });

  test("is inside when every declared upstream is, and passes on what they do not promise", () => {
    expect(ask({ name: "aws", query: bedrock }, { name: "google", query: vertex })).toMatchObject({
      status: "inside",
      reason: "every declared upstream is inside: aws, google",
      anthropicSees: "none",
      caveats: [
        "google: TLS is not promised to end in the geography at europe-west1",
        "google: count-tokens is not served at europe-west1: counting there fails or leaves it",
      ],
    });
  });

  test("is as bad as its worst upstream, wherever it stands in the list", () => {
    const good = { name: "aws", query: bedrock };
    const bad = { name: "failover", query: anthropic };
    for (const upstreams of [
      [good, bad],
      [bad, good],
    ]) {
      expect(ask(...upstreams)).toMatchObject({
        status: "outside",
        reason:
          "upstream failover: processed by Anthropic itself; zone eu does not accept anthropic-direct",
        anthropicSees: "content",
      });
    }
  });

  test("is undecidable with one undecidable upstream, and outside beats undecidable", () => {
    expect(ask({ name: "aws", query: bedrock }, { name: "azure", query: foundry }).status).toBe(
      "undecidable",
    );
    expect(
      ask({ name: "azure", query: foundry }, { name: "direct", query: anthropic }).reason,
    ).toBe(
      "upstream direct: processed by Anthropic itself; zone eu does not accept anthropic-direct",
    );
  });

  test("without a declared upstream is undecidable", () => {
    expect(ask()).toMatchObject({
      status: "undecidable",
      reason: "the gateway declares no upstream: nothing says where it sends a request",
      anthropicSees: "content",
      alternative: "provider bedrock: eu.anthropic.claude-opus-5-5 from eu-central-1",
    });
  });
});
