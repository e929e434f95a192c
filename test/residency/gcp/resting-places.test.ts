import { describe, expect, test } from "vitest";

import { googlePlacesOf, googlePlaceVerdict } from "../../../residency/gcp/resting-places.ts";
import { builtInZones } from "../../../residency/zones.ts";

describe("googlePlaceVerdict", () => {
  test.each([
    ["eu", "europe-west1", "inside", "europe-west1 is in BE"],
    ["eu", "europe-west1-b", "inside", "europe-west1-b is in BE"],
    ["eu", "EUROPE-WEST4", "inside", "EUROPE-WEST4 is in NL"],
    ["eu", "EU", "inside", "EU is in the EU member states"],
    ["eu", "eu", "inside", "eu is in the EU member states"],
    ["eu", "EUR4", "inside", "EUR4 is in FI, NL"],
    ["eu", "europe-west2", "outside", "europe-west2 is in GB, outside zone eu"],
    ["eu", "europe-west6", "outside", "europe-west6 is in CH, outside zone eu"],
    ["eu", "US", "outside", "US is in US, outside zone eu"],
    ["eu", "global", "outside", "global promises no place, so it is outside every zone"],
    ["us", "us", "inside", "us is in US"],
    ["us", "NAM4", "inside", "NAM4 is in US"],
    [
      "us",
      "northamerica-northeast1",
      "outside",
      "northamerica-northeast1 is in CA, outside zone us",
    ],
    ["jp", "ASIA1", "inside", "ASIA1 is in JP"],
    ["sg", "asia-southeast1", "inside", "asia-southeast1 is in SG"],
    ["sg", "ASIA", "undecidable", 'no dated source says where the Google location "ASIA" is'],
    ["eu", "eur6", "undecidable", 'no dated source says where the Google location "eur6" is'],
    ["eu", "europe", "undecidable", 'no dated source says where the Google location "europe" is'],
    ["eu", "", "undecidable", 'no dated source says where the Google location "" is'],
    [
      "eu",
      "__proto__",
      "undecidable",
      'no dated source says where the Google location "__proto__" is',
    ],
    [
      "eu",
      "europe-west99",
      "undecidable",
      'no dated source says where the Google location "europe-west99" is',
    ],
    [
      "us-gov",
      "us-central1",
      "outside",
      "zone us-gov is the partition aws-us-gov of AWS; nothing at Google is inside it",
    ],
  ])("in %s, %s is %s", (zone, location, status, reason) => {
    expect(googlePlaceVerdict(builtInZones[zone]!, location)).toEqual({ status, reason });
  });
});

test("googlePlacesOf lists what may hold data of a zone", () => {
  expect(googlePlacesOf(builtInZones.jp!)).toEqual(["asia-northeast1", "asia-northeast2", "asia1"]);
  expect(googlePlacesOf(builtInZones.eu!)).toEqual([
    "eu",
    "eur4",
    "europe-central2",
    "europe-north1",
    "europe-north2",
    "europe-southwest1",
    "europe-west1",
    "europe-west10",
    "europe-west12",
    "europe-west3",
    "europe-west4",
    "europe-west8",
    "europe-west9",
  ]);
  expect(googlePlacesOf(builtInZones["us-gov"]!)).toEqual([]);
});
