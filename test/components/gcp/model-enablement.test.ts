import * as gcp from "@pulumi/gcp";
import { describe, expect, it } from "vitest";

import {
  ModelEnablement,
  type ModelEnablementArgs,
  modelSteps,
} from "../../../components/gcp/model-enablement.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { asked, eu, optionsSeen, sg, store, uk } from "./stores.ts";

const args: ModelEnablementArgs = {
  project: store.project,
  legal: { acceptedBy: "counsel@example.com", acceptedOn: "2026-11-01" },
  zone: eu,
  location: "eu",
  models: ["claude-opus-5-5", "claude-sonnet-5-5"],
  today: "2026-11-21",
};
const build = (changes: Partial<ModelEnablementArgs> = {}) =>
  deploy(() => new ModelEnablement("fra", { ...args, ...changes }));
const enabled = async (changes: Partial<ModelEnablementArgs> = {}) =>
  (await build(changes)).resources
    .filter(({ type }) => type.startsWith("gcp:"))
    .map(({ inputs }) => inputs);

describe("ModelEnablement", () => {
  it("enables exactly the models named, and keeps who accepted", async () => {
    expect(await enabled()).toEqual([
      {
        project: "example-claude-eu",
        publisherModelName: "publishers/anthropic/models/claude-opus-5-5",
      },
      {
        project: "example-claude-eu",
        publisherModelName: "publishers/anthropic/models/claude-sonnet-5-5",
      },
    ]);
    const { result, resources } = await build();
    expect(asked(resources)).toEqual([
      "AiModelGardenEnableModel::fra-claude-opus-5-5",
      "AiModelGardenEnableModel::fra-claude-sonnet-5-5",
    ]);
    expect(result.legal).toEqual({ acceptedBy: "counsel@example.com", acceptedOn: "2026-11-01" });
  });

  it("names a dated model as Google does", async () => {
    const changes = { zone: sg, location: "asia-southeast1", models: ["claude-opus-4-5@20251101"] };
    expect(await enabled(changes)).toEqual([
      {
        project: "example-claude-eu",
        publisherModelName: "publishers/anthropic/models/claude-opus-4-5@20251101",
      },
    ]);
  });

  it("waits for the project", async () => {
    const options = optionsSeen();
    await deploy(() => {
      const ready = [new gcp.projects.Service("apis", { service: "aiplatform.googleapis.com" })];
      const project = { ...store.project, ready };
      return new ModelEnablement("fra", { ...args, project }, options.record);
    });
    expect(
      options.waitsFor("gcp:vertex/aiModelGardenEnableModel:AiModelGardenEnableModel"),
    ).toEqual(["gcp:projects/service:Service"]);
  });

  it.each([
    ["nobody", { acceptedBy: "", acceptedOn: "2026-11-01" }, "acceptedBy: empty; name who"],
    ["tomorrow", { acceptedBy: "a", acceptedOn: "2026-11-22" }, "acceptedOn: 2026-11-22 is later"],
    ["no date", { acceptedBy: "a", acceptedOn: "" }, 'acceptedOn: "" is not a date'],
  ])("enables nothing for %s", async (_, legal, reason) => {
    const message = await refusal(build({ legal }));
    expect(message).toContain(`fra: invalid arguments\n  legal.${reason}`);
  });

  it("judges the models again: what is shared, misplaced, unknown or outside is not enabled", async () => {
    const models = ["claude-opus-5-5", "claude-fable-5-1", "claude-opus-4-6", "claude-nothing"];
    const lines = (await refusal(build({ models }))).split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(
      /^ {2}models\.1: outside: claude-fable-5-1 has its prompts .* shared with Anthropic: outside every zone /,
    );
    expect(lines[2]).toMatch(
      /^ {2}models\.2: undecidable: claude-opus-4-6 is not known to be served at eu: /,
    );
    expect(lines[3]).toMatch(
      /^ {2}models\.3: undecidable: claude-nothing is not in the catalogue /,
    );
  });

  it("enables nothing for a zone that no location serves, nor at global", async () => {
    expect(await refusal(build({ zone: uk, models: ["claude-opus-5-5"] }))).toContain(
      "models.0: outside: eu is promised to stay in EU and no narrower, which goes beyond zone uk",
    );
    expect(await refusal(build({ location: "global", models: ["claude-opus-5-5"] }))).toContain(
      "models.0: outside: global promises no place of processing",
    );
  });

  it.each([
    [[], "models: empty; name the models whose terms were accepted"],
    [
      ["claude-opus-5-5", "claude-opus-5-5"],
      "models: [claude-opus-5-5, claude-opus-5-5] names one twice",
    ],
  ])("refuses the models %j", async (models, reason) => {
    expect(await refusal(build({ models }))).toBe(`fra: invalid arguments\n  ${reason}`);
  });
});

describe("modelSteps", () => {
  const terms =
    "A person with roles/consumerprocurement.entitlementManager accepts Anthropic's terms on the model cards of claude-opus-5-5 in project p; approval can take two days (docs/runbook-vertex.md).";
  const quota =
    "See that p has quota for claude-opus-5-5: an enabled model may have none (docs/runbook-vertex.md).";

  it("leaves terms and quota to people even where the stack enables", () => {
    expect(modelSteps("p", ["claude-opus-5-5"], { enabledHere: true })).toEqual([terms, quota]);
  });

  it("says that nothing is enabled where the stack does not", () => {
    expect(modelSteps("p", ["claude-opus-5-5"], { enabledHere: false })).toEqual([
      terms,
      "Enable claude-opus-5-5 on their model cards in project p, or set modelAccess.legal (docs/runbook-vertex.md).",
      quota,
    ]);
  });
});
