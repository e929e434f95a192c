import { describe, expect, it } from "vitest";
import { vertexIsCalledInsideTheZone as rule } from "../../../policy-pack/rules/vertex-is-called-inside-the-zone.ts";
import { google, memberStatesZone as zone } from "../../support/google-resources.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

const service = (envs: unknown) =>
  google("cloudrunv2/service:Service", {
    location: "europe-west3",
    template: { containers: [{ envs }] },
  });
const at = "`template.containers.0.envs.0.value`";
const isGlobal = "aiplatform.googleapis.com serves global: global promises no place of processing";

describe("vertex-is-called-inside-the-zone, in any text of a resource", () => {
  it.each([
    { name: "URL", value: "https://aiplatform.eu.rep.googleapis.com/v1", says: [] },
    { name: "URL", value: "https://storage.googleapis.com/b", says: [] },
    {
      name: "URL",
      value: "https://aiplatform.googleapis.com:443/v1",
      says: [`blocks: ${at}: ${isGlobal}`],
    },
    {
      name: "URL",
      value: "https://{REGION}-aiplatform.googleapis.com",
      says: [
        `blocks: undecidable: ${at}: no dated source says where a request to -aiplatform.googleapis.com is processed`,
      ],
    },
    {
      name: "MODEL",
      value: "projects/p/locations/global/publishers/anthropic/models/claude-opus-5-5:rawPredict",
      says: [`blocks: ${at}: global promises no place of processing`],
    },
    {
      name: "MODEL",
      value: "projects/p/locations/eu/publishers/anthropic/models/claude-opus-5-5:rawPredict",
      says: [],
    },
    {
      name: "MODEL",
      value: "projects/p/locations/eu/publishers/anthropic/models/claude-sonnet-4-6",
      says: [
        `blocks: undecidable: ${at}: claude-sonnet-4-6 is not known to be served at eu: only us-east5, europe-west1, asia-southeast1`,
      ],
    },
    {
      name: "MODELS",
      value: "projects/p/locations/global/publishers/anthropic",
      says: [`blocks: ${at}: ${isGlobal}`],
    },
    { name: "CLOUD_ML_REGION", value: "eu", says: [] },
    {
      name: "CLOUD_ML_REGION",
      value: "global",
      says: [`blocks: ${at} (CLOUD_ML_REGION): ${isGlobal}`],
    },
    {
      name: "VERTEX_REGION_CLAUDE_5_OPUS",
      value: "europe-west4",
      says: [
        `blocks: undecidable: ${at} (VERTEX_REGION_CLAUDE_5_OPUS): Google lists no Claude endpoint at "europe-west4"`,
      ],
    },
    { name: "BACKUP_REGION", value: "global", says: [] },
  ])("judges $name=$value", async ({ name, value, says }) => {
    for (const phase of ["preview", "up"] as const) {
      expect(await reportsOf(rule, service([{ name, value }]), { phase, zone })).toEqual(says);
    }
  });

  it("judges variables given as a map", async () => {
    const candidate = google("cloudfunctions/function:Function", {
      environmentVariables: { CLOUD_ML_REGION: "global" },
    });
    expect(await reportsOf(rule, candidate, { zone })).toEqual([
      `blocks: \`environmentVariables.CLOUD_ML_REGION\` (CLOUD_ML_REGION): ${isGlobal}`,
    ]);
  });

  it.each([
    ["a shell", "#!/bin/sh\nexport CLOUD_ML_REGION=global\nclaude"],
    ["a shell, in quotes", "CLOUD_ML_REGION='global' claude"],
    ["a shell's default", `export R="\${CLOUD_ML_REGION:-global}"`],
    ["PowerShell", '$env:CLOUD_ML_REGION = "global"'],
    ["JSON", '{"env":{"CLOUD_ML_REGION":"global"}}'],
    ["JSON in JSON", '{"settings":"{\\"CLOUD_ML_REGION\\":\\"global\\"}"}'],
    ["a list in JSON", '[{"name":"CLOUD_ML_REGION","value":"global"}]'],
    ["YAML", "env:\n  CLOUD_ML_REGION: global\n"],
    ["a list in YAML", "env:\n  - name: CLOUD_ML_REGION\n    value: global\n"],
  ])("judges the variable where a script sets it: %s", async (_, script) => {
    const machine = google("compute/instance:Instance", {
      zone: "europe-west3-a",
      metadataStartupScript: script,
    });
    expect(await reportsOf(rule, machine, { zone })).toEqual([
      `blocks: \`metadataStartupScript\` (CLOUD_ML_REGION): ${isGlobal}`,
    ]);
  });

  it.each([
    ["the zone's own", "export CLOUD_ML_REGION=eu VERTEX_REGION_CLAUDE_5_OPUS='eu'", []],
    ["another's name", "MY_CLOUD_ML_REGION=global CLOUD_ML_REGIONS=global", []],
    ["one that is only compared", '[[ "$CLOUD_ML_REGION" == "global" ]] && exit 1', []],
    ["one that is only used", "echo calling $CLOUD_ML_REGION", []],
    [
      "one that a script works out",
      "export VERTEX_REGION_CLAUDE_5_OPUS=$REGION; claude",
      [
        'blocks: undecidable: `metadataStartupScript` (VERTEX_REGION_CLAUDE_5_OPUS): Google lists no Claude endpoint at "$REGION"',
      ],
    ],
  ])("tells apart, in a script, %s", async (_, script, says) => {
    const machine = google("compute/instance:Instance", { metadataStartupScript: script });
    expect(await reportsOf(rule, machine, { zone })).toEqual(says);
  });

  it("finds a host in a type nobody listed, however deep", async () => {
    const candidate = google("newservice/thing:Thing", {
      rules: [{ act: ['{"uri":"https://aiplatform.googleapis.com/v1/x"}'] }],
    });
    expect(await reportsOf(rule, candidate, { zone })).toEqual([
      `blocks: \`rules.0.act.0\`: ${isGlobal}`,
    ]);
  });

  it.each([
    ["projects/service:Service", { service: "aiplatform.googleapis.com" }],
    ["logging/projectSink:ProjectSink", { filter: 'serviceName="aiplatform.googleapis.com"' }],
    ["iam/denyPolicy:DenyPolicy", { permission: "aiplatform.googleapis.com/endpoints.predict" }],
    ["orgpolicy/policy:Policy", { deniedValues: ["aiplatform.googleapis.com"] }],
    ["bigquery/table:Table", { view: { query: "where s = 'aiplatform.googleapis.com'" } }],
    ["cloudrunv2/service:Service", { description: "never calls aiplatform.googleapis.com" }],
  ])("takes the name of the service in %s for what it is", async (type, props) => {
    expect(await reportsOf(rule, google(type, props), { zone })).toEqual([]);
  });

  it.each([
    ["a host", "a-".repeat(500_000)],
    ["a variable", `CLOUD_ML_REGION${" ".repeat(1_000_000)}`],
    ["many variables", "VERTEX_REGION_".repeat(70_000)],
  ])("reads a long text that looks like %s throughout", async (_, value) => {
    expect(await reportsOf(rule, service([{ name: "x", value }]), { zone })).toEqual([]);
  });

  it("leaves a text that is not known yet, and that starts no program, to the up", async () => {
    const candidate = google("newservice/thing:Thing", { uri: unknownText });
    expect(await reportsOf(rule, candidate, { zone })).toEqual([]);
    const account = google("cloudrunv2/service:Service", {
      template: { serviceAccount: unknownText },
    });
    expect(await reportsOf(rule, account, { zone })).toEqual([]);
  });
});
