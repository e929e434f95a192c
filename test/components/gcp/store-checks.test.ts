import { describe, expect, it } from "vitest";

import { checkStores } from "../../../components/gcp/store-checks.ts";
import type {
  VertexProjectArgs,
  VertexRouteSettings,
} from "../../../components/gcp/vertex-route.ts";
import { aKey, eu } from "./stores.ts";

const route: VertexRouteSettings = {
  name: "frankfurt",
  project: { kind: "adopt", projectId: "example-claude-eu", projectNumber: "123456789012" },
  location: "eu",
  dataRegion: "europe-west3",
  models: ["claude-opus-5-5"],
  reach: { kind: "public" },
  access: { kind: "google-group", group: "claude@example.com" },
  desktop: { kind: "vendor-profile" },
  keys: { kind: "create", rotationDays: 90 },
  logs: { retentionDays: 365, locked: false },
};
const check = (changes: Partial<VertexRouteSettings> = {}) => {
  const args: VertexProjectArgs = {
    zone: eu,
    geography: "eu",
    organization: "example",
    today: "2026-11-21",
    route: { ...route, ...changes },
  };
  return checkStores(args);
};

describe("checkStores", () => {
  it("has nothing against a plain route, nor against one with everything", () => {
    expect(check()).toEqual([]);
    expect(
      check({
        keys: { kind: "existing", logs: aKey, dataset: aKey },
        logs: { retentionDays: 3650, locked: true, content: { datasetId: "claude_content" } },
        organizationPolicies: { scope: "folder", folderId: "123456789012", mode: "enforced" },
        modelAccess: { legal: { acceptedBy: "counsel@example.com", acceptedOn: "2026-11-21" } },
      }),
    ).toEqual([]);
  });

  it("names every problem under its name in the stack file", () => {
    const problems = check({
      keys: { kind: "existing", logs: aKey.replace("europe-west3", "global") },
      logs: { retentionDays: 0, locked: false, content: { datasetId: "claude-content" } },
      organizationPolicies: { scope: "folder", mode: "dry-run" },
      modelAccess: { legal: { acceptedBy: "", acceptedOn: "2026-11-22" } },
    });
    expect(problems.map(({ path }) => path)).toEqual([
      "keys.logs",
      "logs.retentionDays",
      "logs.content.datasetId",
      "organizationPolicies.folderId",
      "modelAccess.legal.acceptedBy",
      "modelAccess.legal.acceptedOn",
    ]);
  });

  it("refuses a dataset's key without a dataset, and policies of an unnamed organization", () => {
    expect(
      check({
        keys: { kind: "existing", logs: aKey, dataset: aKey },
        organizationPolicies: { scope: "organization", mode: "dry-run" },
      }),
    ).toEqual([
      {
        path: "keys.dataset",
        reason: "a key, but logs.content asks for no dataset; leave it out, or ask for one",
      },
      {
        path: "organizationId",
        reason: "missing; organizationPolicies.scope organization needs the number",
      },
    ]);
  });
});
