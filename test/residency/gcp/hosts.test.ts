import { describe, expect, test } from "vitest";

import { vertexHost, vertexHostVerdict } from "../../../residency/gcp/hosts.ts";
import { builtInZones } from "../../../residency/zones.ts";

const eu = builtInZones.eu!;

describe("vertexHost", () => {
  test.each([
    ["us", "aiplatform.us.rep.googleapis.com"],
    ["eu", "aiplatform.eu.rep.googleapis.com"],
    ["us-east5", "us-east5-aiplatform.googleapis.com"],
    ["europe-west1", "europe-west1-aiplatform.googleapis.com"],
    ["asia-southeast1", "asia-southeast1-aiplatform.googleapis.com"],
    ["global", "aiplatform.googleapis.com"],
    ["europe-west4", undefined],
    ["uk", undefined],
    ["", undefined],
    ["toString", undefined],
  ])("%s is served by %s", (location, host) => {
    expect(vertexHost(location)).toBe(host);
  });
});

describe("vertexHostVerdict for eu", () => {
  test.each([
    [
      "aiplatform.eu.rep.googleapis.com",
      "inside",
      "aiplatform.eu.rep.googleapis.com serves eu: eu is promised to stay in EU",
    ],
    [
      "AIPLATFORM.EU.rep.googleapis.com",
      "inside",
      "AIPLATFORM.EU.rep.googleapis.com serves eu: eu is promised to stay in EU",
    ],
    [
      "europe-west1-aiplatform.googleapis.com",
      "inside",
      "europe-west1-aiplatform.googleapis.com serves europe-west1: europe-west1 is promised to stay in EU",
    ],
    [
      "aiplatform.us.rep.googleapis.com",
      "outside",
      "aiplatform.us.rep.googleapis.com serves us: us is promised to stay in US and no narrower, which goes beyond zone eu (US)",
    ],
    [
      "aiplatform.googleapis.com",
      "outside",
      "aiplatform.googleapis.com serves global: global promises no place of processing",
    ],
    [
      "eu-aiplatform.googleapis.com",
      "outside",
      "eu-aiplatform.googleapis.com is not a host Google serves; use aiplatform.eu.rep.googleapis.com",
    ],
    [
      "global-aiplatform.googleapis.com",
      "outside",
      "global-aiplatform.googleapis.com is not a host Google serves; use aiplatform.googleapis.com",
    ],
    [
      "aiplatform.europe-west4.rep.googleapis.com",
      "undecidable",
      "no dated source says where a request to aiplatform.europe-west4.rep.googleapis.com is processed",
    ],
    [
      "aiplatform.eu.rep.googleapis.com.evil.example",
      "undecidable",
      "no dated source says where a request to aiplatform.eu.rep.googleapis.com.evil.example is processed",
    ],
    ["", "undecidable", "no dated source says where a request to  is processed"],
  ])("%s is %s", (host, status, reason) => {
    expect(vertexHostVerdict(eu, host)).toEqual({ status, reason });
  });
});
