import { describe, expect, it } from "vitest";
import { guardrailDestinations, guardrailVerdict } from "../../residency/guardrail-profiles.ts";
import type { Acceptance, Zone } from "../../residency/types.ts";

const eu27 =
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");
const zoneOf = (id: string, countries: string[], extra: Partial<Zone> = {}): Zone => ({
  id,
  label: id,
  countries,
  awsPartition: "aws",
  acceptances: [],
  ...extra,
});
const zones = {
  eu: zoneOf("eu", eu27),
  "eu-and-uk": zoneOf("eu-and-uk", [...eu27, "GB"]),
  "eu-and-il": zoneOf("eu-and-il", [...eu27, "IL"]),
  us: zoneOf("us", ["US"]),
  jp: zoneOf("jp", ["JP"]),
  au: zoneOf("au", ["AU"]),
  in: zoneOf("in", ["IN"]),
  uk: zoneOf("uk", ["GB"]),
  ca: zoneOf("ca", ["CA"]),
  "us-gov": zoneOf("us-gov", ["US"], { awsPartition: "aws-us-gov" }),
};
type ZoneId = keyof typeof zones;
const ask = (zone: ZoneId, region: string, profile: string, acceptances: Acceptance[] = []) =>
  guardrailVerdict({
    zone: { ...zones[zone], acceptances },
    region,
    profile,
    today: "2026-11-22",
  });
const arn = (region: string, id: string, partition = "aws") =>
  `arn:${partition}:bedrock:${region}:111122223333:guardrail-profile/${id}`;
const page =
  "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-cross-region-support.html";

describe("guardrailVerdict", () => {
  it.each<[ZoneId, string, string, string]>([
    ["eu", "eu-central-1", "eu.guardrail.v1:0", "inside"],
    ["us", "us-east-1", "us.guardrail.v1:0", "inside"],
    ["us", "us-east-2", "us.guardrail.v1:0", "inside"],
    ["us", "us-west-1", "us.guardrail.v1:0", "inside"],
    ["us", "us-west-2", "us.guardrail.v1:0", "inside"],
    ["us-gov", "us-gov-east-1", "us-gov.guardrail.v1:0", "inside"],
    ["us-gov", "us-gov-west-1", "us-gov.guardrail.v1:0", "inside"],
    ["au", "ap-southeast-2", "au.guardrail.v1:0", "inside"],
    ["uk", "eu-west-2", "uk.guardrail.v1:0", "inside"],
    ["ca", "ca-central-1", "ca.guardrail.v1:0", "inside"],
    ["eu", "eu-west-2", "eu.guardrail.v1:0", "outside"],
    ["eu", "eu-west-2", "uk.guardrail.v1:0", "outside"],
    ["eu", "eu-central-2", "eu.guardrail.v1:0", "outside"],
    ["eu", "eu-central-1", "us.guardrail.v1:0", "outside"],
    ["eu", "us-west-1", "us.guardrail.v1:0", "outside"],
    ["eu", "il-central-1", "eu.guardrail.v1:0", "outside"],
    ["eu", "eu-central-1", "global.guardrail.v1:0", "outside"],
    ["jp", "ap-northeast-1", "apac.guardrail.v1:0", "outside"],
    ["au", "ap-southeast-2", "apac.guardrail.v1:0", "outside"],
    ["in", "ap-south-1", "apac.guardrail.v1:0", "outside"],
    ["us", "us-gov-west-1", "us-gov.guardrail.v1:0", "outside"],
    ["us", "us-east-1", "us-gov.guardrail.v1:0", "outside"],
    ["us-gov", "us-gov-west-1", "us.guardrail.v1:0", "outside"],
    ["eu-and-uk", "eu-west-2", "eu.guardrail.v1:0", "undecidable"],
    ["eu-and-il", "il-central-1", "eu.guardrail.v1:0", "undecidable"],
    ["ca", "ca-west-1", "ca.guardrail.v1:0", "undecidable"],
    ["eu", "eu-west-1", "eu.guardrail.v1:0", "undecidable"],
    ["eu", "eu-west-3", "eu.guardrail.v1:0", "undecidable"],
    ["eu", "eu-north-1", "eu.guardrail.v1:0", "undecidable"],
    ["eu", "eu-south-1", "eu.guardrail.v1:0", "undecidable"],
    ["eu", "eu-south-2", "eu.guardrail.v1:0", "undecidable"],
    ["eu", "eu-central-1", "eu.guardrail.v2:0", "undecidable"],
    ["eu", "eu-central-1", "eu.guardrail", "undecidable"],
    ["eu", "eu-central-1", "constructor", "undecidable"],
    ["eu", "eu-central-1", "", "undecidable"],
    ["eu", "constructor", "eu.guardrail.v1:0", "undecidable"],
    ["eu", "", "eu.guardrail.v1:0", "undecidable"],
  ])("zone %s, guardrail in %s, %s is %s", (zone, region, profile, status) => {
    expect(ask(zone, region, profile).status).toBe(status);
  });

  it("names every place that may check text, and the dated page", () => {
    expect(ask("eu", "eu-central-1", "eu.guardrail.v1:0")).toEqual({
      status: "inside",
      places: [
        { region: "eu-central-1", country: "DE" },
        { region: "eu-north-1", country: "SE" },
        { region: "eu-south-1", country: "IT" },
        { region: "eu-south-2", country: "ES" },
        { region: "eu-west-1", country: "IE" },
        { region: "eu-west-3", country: "FR" },
      ],
      reason:
        "eu.guardrail.v1:0 from eu-central-1 checks text in eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3 only",
      source: { url: page, date: "2026-11-21" },
    });
  });

  it.each<[string, ZoneId, string, string, string]>([
    [
      "the region outside",
      "jp",
      "ap-northeast-1",
      "apac.guardrail.v1:0",
      "apac.guardrail.v1:0 from ap-northeast-1 may check text outside zone jp: ap-northeast-2 is in KR, outside zone jp; ap-south-1 is in IN, outside zone jp; ap-southeast-1 is in SG, outside zone jp; ap-southeast-2 is in AU, outside zone jp",
    ],
    [
      "the guardrail's own region outside",
      "eu",
      "eu-west-2",
      "eu.guardrail.v1:0",
      "the guardrail rests in eu-west-2: eu-west-2 is in GB, outside zone eu",
    ],
    [
      "a profile of another geography",
      "eu",
      "eu-central-1",
      "us.guardrail.v1:0",
      "us.guardrail.v1:0 is not known to be usable from eu-central-1, and wherever it is used it leaves zone eu",
    ],
    [
      "a global profile",
      "eu",
      "eu-central-1",
      "global.guardrail.v1:0",
      "global.guardrail.v1:0 may check text in any commercial region",
    ],
    [
      "a source AWS does not list",
      "eu-and-uk",
      "eu-west-2",
      "eu.guardrail.v1:0",
      "eu.guardrail.v1:0 is not known to be usable from eu-west-2",
    ],
    [
      "an id AWS does not list",
      "jp",
      "ap-northeast-1",
      "jp.guardrail.v1:0",
      '"jp.guardrail.v1:0" is not a guardrail profile the catalogue lists; it lists apac.guardrail.v1:0, au.guardrail.v1:0, ca.guardrail.v1:0, eu.guardrail.v1:0, uk.guardrail.v1:0, us.guardrail.v1:0, us-gov.guardrail.v1:0',
    ],
    [
      "an unknown region",
      "eu",
      "eu-north-9",
      "eu.guardrail.v1:0",
      'no dated source says which country the region "eu-north-9" is in',
    ],
  ])("says why, for %s", (_when, zone, region, profile, reason) => {
    expect(ask(zone, region, profile).reason).toBe(reason);
  });

  describe("an ARN", () => {
    it("is judged as its id", () => {
      const id = "eu.guardrail.v1:0";
      expect(ask("eu", "eu-central-1", arn("eu-central-1", id))).toEqual(
        ask("eu", "eu-central-1", id),
      );
    });

    it.each([
      [
        arn("eu-west-1", "eu.guardrail.v1:0"),
        "undecidable",
        'the profile ARN is of region "eu-west-1", but the guardrail rests in eu-central-1',
      ],
      [
        arn("", "eu.guardrail.v1:0"),
        "undecidable",
        'the profile ARN is of region "", but the guardrail rests in eu-central-1',
      ],
      [
        arn("eu-central-1", "eu.guardrail.v1:0", "aws-us-gov"),
        "outside",
        "the profile ARN is of partition aws-us-gov; zone eu is served by aws",
      ],
      [
        arn("eu-central-1", "global.guardrail.v1:0"),
        "outside",
        "global.guardrail.v1:0 may check text in any commercial region",
      ],
      [
        "arn:aws:bedrock:eu-central-1:111122223333:guardrail/eu.guardrail.v1:0",
        "undecidable",
        '"arn:aws:bedrock:eu-central-1:111122223333:guardrail/eu.guardrail.v1:0" is not the ARN of a guardrail profile',
      ],
      [
        "arn:aws:s3:eu-central-1:111122223333:guardrail-profile/eu.guardrail.v1:0",
        "undecidable",
        '"arn:aws:s3:eu-central-1:111122223333:guardrail-profile/eu.guardrail.v1:0" is not the ARN of a guardrail profile',
      ],
      ["arn:aws", "undecidable", '"arn:aws" is not the ARN of a guardrail profile'],
    ])("%s is %s", (text, status, reason) => {
      expect(ask("eu", "eu-central-1", text)).toMatchObject({ status, reason });
    });
  });

  describe("weak evidence", () => {
    const accepting = (date: string, id = "eu.guardrail.v1:0") =>
      ask("eu", "eu-west-1", "eu.guardrail.v1:0", [{ id, date, reason: "AWS support case" }]);
    const refused =
      'eu.guardrail.v1:0 from eu-west-1 rests on weak evidence (guardrail-page-one-copy: AWS table of guardrail profiles; one copy of the page shows the row in full); use tier "classic", or have compliance accept it by name with a date from 2026-11-21 to today';

    it.each([
      ["the day before the page was read", accepting("2026-11-20")],
      ["tomorrow", accepting("2026-11-23")],
      ["another id", accepting("2026-11-21", "us.guardrail.v1:0")],
    ])("stays undecidable when accepted for %s", (_when, verdict) => {
      expect(verdict).toMatchObject({ status: "undecidable", reason: refused });
    });

    it.each(["2026-11-21", "2026-11-22"])("is inside when accepted on %s", (date) => {
      expect(accepting(date)).toMatchObject({
        status: "inside",
        reason: `eu.guardrail.v1:0 from eu-west-1 checks text in eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3 only; weak evidence (guardrail-page-one-copy) accepted by compliance on ${date}`,
      });
    });

    it("stays outside whatever was accepted", () => {
      const id = "apac.guardrail.v1:0";
      const acceptances = [{ id, date: "2026-11-22", reason: "wished for" }];
      expect(ask("jp", "ap-northeast-1", id, acceptances).status).toBe("outside");
    });
  });
});

describe("guardrailDestinations", () => {
  it("adds us-west-1 only to what is sent from there", () => {
    expect(guardrailDestinations("us.guardrail.v1:0", "us-east-1")).toEqual([
      "us-east-1",
      "us-east-2",
      "us-west-2",
    ]);
    expect(guardrailDestinations("us.guardrail.v1:0", "us-west-1")).toEqual([
      "us-east-1",
      "us-east-2",
      "us-west-1",
      "us-west-2",
    ]);
  });

  it.each([
    ["eu.guardrail.v1:0", "eu-west-2"],
    ["eu.guardrail.v1:0", "constructor"],
    ["constructor", "eu-central-1"],
  ])("knows none of %s from %s", (id, region) => {
    expect(guardrailDestinations(id, region)).toBeUndefined();
  });
});
