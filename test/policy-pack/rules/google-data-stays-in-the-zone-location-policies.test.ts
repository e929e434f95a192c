import { describe, expect, it } from "vitest";
import { googleDataStaysInTheZone as rule } from "../../../policy-pack/rules/google-data-stays-in-the-zone.ts";
import { google, memberStatesZone as zone } from "../../support/google-resources.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

const policy = (props: Record<string, unknown>, constraint = "gcp.resourceLocations") =>
  google("orgpolicy/policy:Policy", { name: `folders/1/policies/${constraint}`, ...props });
const allow = (...allowedValues: unknown[]) => ({
  spec: { rules: [{ values: { allowedValues } }] },
});
const older = (allowed: Record<string, unknown>) =>
  google("projects/organizationPolicy:OrganizationPolicy", {
    constraint: "constraints/gcp.resourceLocations",
    listPolicy: { allow: allowed },
  });

describe("google-data-stays-in-the-zone, on policies of locations", () => {
  it.each([
    ["places in the zone", policy(allow("in:eu-locations", "in:europe-west3-locations"))],
    ["one region, and one zone of it", policy(allow("is:europe-west3", "europe-west3-a"))],
    ["no location", policy({ spec: { rules: [{ denyAll: "TRUE" }] } })],
    ["all but some", policy({ spec: { rules: [{ values: { deniedValues: ["us-east1"] } }] } })],
    ["everything, in a dry run", policy({ dryRunSpec: { rules: [{ allowAll: "TRUE" }] } })],
    ["places, by another constraint", policy(allow("in:us-locations"), "gcp.other")],
    ["a region, in the older form", older({ values: ["in:europe-west3-locations"] })],
  ])("passes a policy that allows %s", async (_, candidate) => {
    expect(await reportsOf(rule, candidate, { zone })).toEqual([]);
  });

  it.each([
    [
      "a group elsewhere beside one inside",
      policy(allow("in:eu-locations", "in:us-locations")),
      'blocks: `spec.rules.0` allows "in:us-locations": us is in US, outside zone eu',
    ],
    [
      "London",
      policy(allow("europe-west2")),
      'blocks: `spec.rules.0` allows "europe-west2": europe-west2 is in GB, outside zone eu',
    ],
    [
      "global",
      policy(allow("is:Global")),
      'blocks: `spec.rules.0` allows "is:Global": global promises no place, so it is outside every zone',
    ],
    [
      "the group of all of Europe",
      policy(allow("in:europe-locations")),
      'blocks: undecidable: `spec.rules.0` allows "in:europe-locations": no dated source says where the Google location "europe" is',
    ],
    [
      "everything",
      policy({ spec: { rules: [{ allowAll: "TRUE" }] } }),
      "blocks: `spec.rules.0` allows every location",
    ],
    [
      "everything, in the older form",
      older({ all: true }),
      "blocks: `listPolicy` allows every location",
    ],
    [
      "Google's default",
      policy({ spec: { reset: true } }),
      "blocks: gcp.resourceLocations is set back to the default, which allows every location",
    ],
  ])("fails a policy that allows %s", async (_, candidate, says) => {
    expect(await reportsOf(rule, candidate, { zone })).toEqual([says]);
  });

  it("waits for a location that is not known yet, and then refuses", async () => {
    const candidate = policy(allow(unknownText));
    const message = "`spec.rules.0.values.allowedValues.0` is not known yet";
    expect(await reportsOf(rule, candidate, { zone })).toEqual([
      `advises: not proven, decided at up: ${message}`,
    ]);
    expect(await reportsOf(rule, candidate, { zone, phase: "up" })).toEqual([
      `blocks: undecidable: ${message}`,
    ]);
  });
});
