import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { lz } from "../../cli/lz.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

async function run(args: string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await lz(args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    env,
    root,
    today: "2026-11-21",
  });
  return { exitCode, out: out.join("\n"), err: err.join("\n") };
}

const ask = (zone: string, region: string, model: string, ...more: string[]) =>
  run([
    "verdict",
    "--zone",
    zone,
    "--provider",
    "bedrock",
    "--region",
    region,
    "--model",
    model,
    ...more,
  ]);

describe("lz verdict", () => {
  it("prints places, reason and source, and exits with 0 for inside", async () => {
    expect(await ask("jp", "ap-northeast-1", "jp.anthropic.claude-opus-5-5")).toEqual({
      exitCode: 0,
      err: "",
      out: [
        "inside",
        "  reason           jp.anthropic.claude-opus-5-5 from ap-northeast-1 is processed in ap-northeast-1, ap-northeast-3 only",
        "  processed in     ap-northeast-1 (JP), ap-northeast-3 (JP)",
        "  Anthropic sees   none",
        "  source           https://docs.aws.amazon.com/bedrock/latest/userguide/model-cards.html (2026-10-06)",
      ].join("\n"),
    });
  });

  it.each([
    ["outside", "eu-west-2", "eu.anthropic.claude-opus-5-5"],
    ["undecidable", "eu-central-1", "eu.anthropic.claude-haiku-5-5"],
  ])("exits with 1 for %s and names what would be inside", async (status, region, model) => {
    const { exitCode, out } = await ask("eu", region, model);
    expect(exitCode).toBe(1);
    expect(out.split("\n")[0]).toBe(status);
    expect(out.split("\n").at(-1)).toMatch(/^ {2}would be inside {2}eu\.anthropic\.claude/);
  });

  it("answers in JSON with the question in it", async () => {
    const { out } = await ask("eu", "eu-central-1", "global.anthropic.claude-opus-5-5", "--json");
    expect(JSON.parse(out)).toEqual({
      zone: "eu",
      provider: "bedrock",
      region: "eu-central-1",
      model: "global.anthropic.claude-opus-5-5",
      status: "outside",
      places: [{ region: "any commercial region" }],
      reason: "global.anthropic.claude-opus-5-5 may be processed in any commercial region",
      source: {
        url: "https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html",
        date: "2026-10-18",
      },
      anthropicSees: "none",
      alternative: "eu.anthropic.claude-opus-5-5 from eu-central-1",
    });
  });

  it.each([
    [["verdict"], "missing: --zone, --provider, --region, --model"],
    [["verdit"], "error: unknown command 'verdit'"],
    [["preview", "--concurrency", "0"], "need a whole number from 1 to 64"],
  ])("exits with 2 on wrong usage %j", async (args, message) => {
    const { exitCode, err } = await run(args);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });

  it("suggests the zone that was meant", async () => {
    const { exitCode, err } = await ask("us-gv", "us-gov-west-1", "x");
    expect(exitCode).toBe(2);
    expect(err).toBe(
      '--zone: "us-gv" is no zone: use one of eu, us, jp, au, in, sg, us-gov; did you mean "us-gov"?',
    );
  });

  it("says which providers have verdicts", async () => {
    const args = [
      "verdict",
      "--zone",
      "eu",
      "--provider",
      "gateway",
      "--region",
      "eu",
      "--model",
      "x",
    ];
    expect(await run(args)).toEqual({
      exitCode: 2,
      out: "",
      err: "--provider: a gateway is as good as its upstreams; ask for each of them, or preview a stack that declares them",
    });
  });

  it("judges Vertex, and says what an inside does not promise", async () => {
    const args = ["--zone", "sg", "--provider", "vertex", "--region", "asia-southeast1"];
    expect(await run(["verdict", ...args, "--model", "claude-opus-4-6"])).toEqual({
      exitCode: 0,
      err: "",
      out: [
        "inside",
        "  reason           claude-opus-4-6 at asia-southeast1 is promised to stay in SG",
        "  processed in     asia-southeast1 (SG)",
        "  Anthropic sees   none",
        "  source           https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/partner-models/claude/opus-4-6 (2026-08)",
        "  not promised     TLS is not promised to end in the geography at asia-southeast1",
      ].join("\n"),
    });
  });

  it("judges a Foundry deployment by version and type, and what is left out is not proven", async () => {
    const args = ["--zone", "us", "--provider", "foundry", "--region", "eastus2"];
    const model = ["--model", "claude-opus-5-5"];
    const whole = ["--model-version", "2", "--sku", "DataZoneStandard"];
    const inside = await run(["verdict", ...args, ...model, ...whole]);
    expect([inside.exitCode, inside.out.split("\n")[0]]).toEqual([0, "inside"]);
    const open = await run(["verdict", ...args, ...model, "--json"]);
    expect(open.exitCode).toBe(1);
    expect(JSON.parse(open.out)).toMatchObject({ provider: "foundry", status: "undecidable" });
  });

  it("asks for no place and no model with Anthropic direct", async () => {
    const direct = await run(["verdict", "--zone", "eu", "--provider", "anthropic"]);
    expect([direct.exitCode, direct.out.split("\n")[0]]).toEqual([1, "outside"]);
  });

  it("believes what compliance recorded of an application profile, and nothing else", async () => {
    const arn = (id: string) =>
      `arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/${id}`;
    const file = join(mkdtempSync(join(tmpdir(), "lz-verdict-")), "zones.yaml");
    writeFileSync(
      file,
      `stacks: {}
applicationProfiles:
  - { arn: "${arn("recorded")}", source: eu.anthropic.claude-opus-5-5, date: 2026-11-20, reason: looked up }
`,
    );
    const env = { COWORK_COMPLIANCE_FILE: file };
    const args = ["--zone", "eu", "--provider", "bedrock", "--region", "eu-central-1", "--model"];
    const recorded = await run(["verdict", ...args, arn("recorded")], env);
    expect([recorded.exitCode, recorded.out.split("\n")[0]]).toEqual([0, "inside"]);
    const unknown = await run(["verdict", ...args, arn("unknown")], env);
    expect([unknown.exitCode, unknown.out.split("\n")[0]]).toEqual([1, "undecidable"]);
  });

  it("knows no zone without the compliance file", async () => {
    const args = [
      "verdict",
      "--zone",
      "eu",
      "--provider",
      "bedrock",
      "--region",
      "eu-central-1",
      "--model",
      "x",
    ];
    expect(await run(args, { COWORK_COMPLIANCE_FILE: "/nowhere/zones.yaml" })).toEqual({
      exitCode: 1,
      out: "",
      err: "/nowhere/zones.yaml: cannot be read (ENOENT); no zone is known without it",
    });
  });

  it("takes custom zones and acceptances from the compliance file", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "compliance-")), "zones.yaml");
    writeFileSync(
      file,
      "stacks: {}\nzones: { core: { label: Core, countries: [DE, ES, FR, IE, IT, SE] } }\n" +
        "accept: [{ zone: core, id: eu.anthropic.claude-haiku-5-5, date: 2026-11-20, reason: seen }]\n",
    );
    const args = ["verdict", "--zone", "core", "--provider", "bedrock", "--region", "eu-central-1"];
    const { exitCode } = await run([...args, "--model", "eu.anthropic.claude-haiku-5-5"], {
      COWORK_COMPLIANCE_FILE: file,
    });
    expect(exitCode).toBe(0);
  });
});
