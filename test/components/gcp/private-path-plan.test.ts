import { describe, expect, it } from "vitest";

import { endpointKind, planAddresses } from "../../../components/gcp/private-path-plan.ts";
import { format, parseBlock } from "../../../components/shared/cidr.ts";

const plan = (kind: "regional" | "bundle", cidr: string) => {
  const parsed = parseBlock(cidr);
  if ("reason" in parsed) throw new Error(parsed.reason);
  const made = planAddresses(kind, parsed.block);
  return made && { subnetwork: format(made.subnetwork), endpoint: made.endpoint };
};

describe("endpointKind", () => {
  it.each([
    ["eu", "regional"],
    ["us", "regional"],
    ["asia-southeast1", "bundle"],
    ["europe-west1", "bundle"],
    ["us-east5", "bundle"],
    ["global", undefined],
    ["europe-west3", undefined],
    ["EU", undefined],
    ["", undefined],
  ])("%j is reached through %s", (location, kind) => {
    expect(endpointKind(location)).toBe(kind);
  });
});

describe("planAddresses", () => {
  it.each([
    ["10.60.0.0/16", { subnetwork: "10.60.0.0/16", endpoint: "10.60.0.4" }],
    // Eight addresses: the first two and the last two are Google's.
    ["10.60.0.8/29", { subnetwork: "10.60.0.8/29", endpoint: "10.60.0.12" }],
    ["10.60.0.0/30", undefined],
  ])("takes the fifth address of the subnetwork %s", (cidr, expected) => {
    expect(plan("regional", cidr)).toEqual(expected);
  });

  it.each([
    ["10.60.0.0/24", { subnetwork: "10.60.0.0/25", endpoint: "10.60.0.132" }],
    ["10.60.0.0/27", { subnetwork: "10.60.0.0/28", endpoint: "10.60.0.20" }],
    ["10.60.0.0/28", undefined],
  ])("keeps the bundle's address outside the subnetwork of %s", (cidr, expected) => {
    expect(plan("bundle", cidr)).toEqual(expected);
  });
});
