import * as gcp from "@pulumi/gcp";
import { describe, expect, it } from "vitest";

import {
  OrganizationPolicies,
  type OrganizationPoliciesArgs,
} from "../../../components/gcp/organization-policies.ts";
import { plannedPolicies } from "../../../components/gcp/organization-policy-plan.ts";
import type { Zone } from "../../../residency/types.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { eu, optionsSeen, sg, store, us } from "./stores.ts";

const args: OrganizationPoliciesArgs = {
  project: store.project,
  place: store.place,
  models: ["claude-opus-5-5", "claude-sonnet-4-5@20250929"],
  settings: { scope: "project", mode: "enforced" },
};
const build = (changes: Partial<OrganizationPoliciesArgs> = {}) =>
  deploy(() => new OrganizationPolicies("fra", { ...args, ...changes }));
const policies = async (changes: Partial<OrganizationPoliciesArgs> = {}) =>
  (await build(changes)).resources
    .filter(({ type }) => type === "gcp:orgpolicy/policy:Policy")
    .map(({ inputs }) => inputs);

const parent = "projects/example-claude-eu";
const endpoints = {
  rules: [{ values: { deniedValues: ["aiplatform.googleapis.com"] } }],
  inheritFromParent: true,
};
const keys = { rules: [{ enforce: "TRUE" }] };

describe("OrganizationPolicies", () => {
  it("enforces all five on the project", async () => {
    expect(await policies()).toEqual([
      {
        parent,
        name: `${parent}/policies/gcp.resourceLocations`,
        spec: { rules: [{ values: { allowedValues: ["in:europe-west3-locations"] } }] },
      },
      { parent, name: `${parent}/policies/gcp.restrictEndpointUsage`, spec: endpoints },
      {
        parent,
        name: `${parent}/policies/iam.managed.disableServiceAccountKeyCreation`,
        spec: keys,
      },
      {
        parent,
        name: `${parent}/policies/vertexai.allowedModels`,
        spec: {
          rules: [
            {
              values: {
                allowedValues: [
                  "publishers/anthropic/models/claude-opus-5-5:predict",
                  "publishers/anthropic/models/claude-sonnet-4-5:predict",
                  "publishers/anthropic/models/claude-sonnet-4-5@20250929:predict",
                  "publishers/anthropic/models/count-tokens:predict",
                ],
              },
            },
          ],
        },
      },
      {
        parent,
        name: `${parent}/policies/vertexai.allowedPartnerModelFeatures`,
        spec: { rules: [{ denyAll: "TRUE" }] },
      },
    ]);
  });

  it("in a dry run enforces nothing, and sets only what Google takes as a dry run", async () => {
    const settings = { scope: "project", mode: "dry-run" } as const;
    expect(await policies({ settings })).toEqual([
      { parent, name: `${parent}/policies/gcp.restrictEndpointUsage`, dryRunSpec: endpoints },
      {
        parent,
        name: `${parent}/policies/iam.managed.disableServiceAccountKeyCreation`,
        dryRunSpec: keys,
      },
    ]);
    const { result } = await build({ settings });
    expect(result.remainingSteps).toEqual([
      "Read what the dry run on projects/example-claude-eu would have refused, then set organizationPolicies.mode to enforced (docs/runbook-vertex.md).",
      "Not in the dry run, because Google takes none for them: vertexai.allowedModels, vertexai.allowedPartnerModelFeatures, gcp.resourceLocations; they come into force with mode enforced (docs/runbook-vertex.md).",
    ]);
  });

  it("asks for one call that must be refused once they are in force", async () => {
    const { result } = await build();
    expect(result.remainingSteps).toEqual([
      "Call the global host of Agent Platform once and see it refused: the value of gcp.restrictEndpointUsage on projects/example-claude-eu is not documented for it (docs/runbook-vertex.md).",
    ]);
    expect(result.constraints).toEqual([
      "gcp.restrictEndpointUsage",
      "vertexai.allowedModels",
      "vertexai.allowedPartnerModelFeatures",
      "gcp.resourceLocations",
      "iam.managed.disableServiceAccountKeyCreation",
    ]);
  });

  it.each([
    [{ scope: "folder", folderId: "123456789012", mode: "enforced" }, "folders/123456789012"],
    [{ scope: "organization", mode: "enforced" }, "organizations/987654321098"],
  ] as const)("sets them on %j", async (settings, where) => {
    const set = await policies({ settings, organizationId: "987654321098" });
    expect(new Set(set.map((policy) => policy.parent))).toEqual(new Set([where]));
    expect(set[0]).toEqual({
      parent: where,
      name: `${where}/policies/gcp.resourceLocations`,
      spec: { rules: [{ values: { allowedValues: ["in:eu-locations"] } }] },
    });
  });

  it("waits for the project, and for whatever else must still pass the global host", async () => {
    const options = optionsSeen();
    await deploy(() => {
      const ready = [new gcp.projects.Service("apis", { service: "orgpolicy.googleapis.com" })];
      const project = { ...store.project, ready };
      return new OrganizationPolicies("fra", { ...args, project }, options.record);
    });
    expect(options.waitsFor("gcp:orgpolicy/policy:Policy")).toEqual([
      "gcp:projects/service:Service",
    ]);
  });

  it.each([
    [
      { scope: "folder", mode: "dry-run" },
      "organizationPolicies.folderId: missing; scope folder needs the folder's number",
    ],
    [
      { scope: "folder", folderId: "emea", mode: "dry-run" },
      'organizationPolicies.folderId: "emea" is not a number of 6 to 20 digits; give the folder\'s number',
    ],
    [
      { scope: "project", folderId: "123456789012", mode: "dry-run" },
      "organizationPolicies.folderId: given, but the scope is project; leave it out, or use scope folder",
    ],
    [
      { scope: "organization", mode: "dry-run" },
      "organizationId: missing; organizationPolicies.scope organization needs the number",
    ],
  ] as const)("refuses %j", async (settings, reason) => {
    expect(await refusal(build({ settings }))).toBe(`fra: invalid arguments\n  ${reason}`);
  });

  it("refuses an empty list of models and a data region elsewhere, in one error", async () => {
    const place = { zone: sg, dataRegion: "europe-west3" };
    expect(await refusal(build({ place, models: [] }))).toBe(
      [
        "fra: invalid arguments",
        "  dataRegion: outside: europe-west3 is in DE, outside zone sg; zone sg has asia-southeast1",
        "  models: empty; no model would be allowed",
      ].join("\n"),
    );
  });
});

describe("plannedPolicies", () => {
  const locations = (zone: Zone, scope: "project" | "folder" = "folder") => {
    const plan = plannedPolicies({ zone, dataRegion: "europe-west3", models: ["m"], scope });
    return plan.find(({ constraint }) => constraint === "gcp.resourceLocations")?.rule;
  };

  it.each([
    [eu, ["in:eu-locations"]],
    [us, ["in:us-locations"]],
    [sg, ["in:asia-southeast1-locations"]],
    [
      { ...eu, id: "eu-and-sg", countries: [...eu.countries, "SG"] },
      ["in:eu-locations", "in:asia-southeast1-locations"],
    ],
    [
      { ...eu, id: "de", countries: ["DE"] },
      ["in:europe-west10-locations", "in:europe-west3-locations"],
    ],
  ] as const)(
    "above the project allows the whole zone and no more: $0.id",
    (zone, allowedValues) => {
      expect(locations(zone)).toEqual({ values: { allowedValues } });
    },
  );

  it("in the project allows the data region only, whatever the zone", () => {
    expect(locations(eu, "project")).toEqual({
      values: { allowedValues: ["in:europe-west3-locations"] },
    });
  });

  it("says of each policy what it does and what it does not", () => {
    const plan = plannedPolicies({ zone: eu, dataRegion: "x", models: ["m"], scope: "project" });
    for (const { does, doesNot } of plan) {
      expect(does).toMatch(/^(Refuses|Lets|Shuts) .+\.$/);
      expect(doesNot).toMatch(/^Does not .+\.$/);
    }
  });
});
