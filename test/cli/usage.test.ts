import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { lz } from "../../cli/lz.ts";
import { root } from "../support/house.ts";

const run = (...args: string[]) => runWith({}, ...args);

async function runWith(env: Record<string, string>, ...args: string[]) {
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

const verdict = ["verdict", "--zone", "eu", "--provider", "bedrock"];
const more = "(lz --help lists every command and option)";

describe("wrong usage", () => {
  it("names every option that is missing", async () => {
    expect(await run(...verdict)).toEqual({
      exitCode: 2,
      out: "",
      err: `missing: --region, --model\n${more}`,
    });
    expect(await run("profiles", "eu")).toEqual({
      exitCode: 2,
      out: "",
      err: `missing: --out\n${more}`,
    });
  });

  it("names a misspelt option before what is missing because of it", async () => {
    expect(await run(...verdict, "--region", "eu-central-1", "--modle", "x")).toEqual({
      exitCode: 2,
      out: "",
      err: `error: unknown option '--modle'\n(Did you mean --model?)\n${more}`,
    });
  });

  it("names a wrong zone and a wrong provider at once, each with what was meant", async () => {
    const wrong = ["verdict", "--zone", "us-gv", "--provider", "bedrok", "--region", "x"];
    expect(await run(...wrong, "--model", "x")).toEqual({
      exitCode: 2,
      out: "",
      err: [
        '--provider: "bedrok" has no verdicts; use bedrock, vertex, mantle, foundry, anthropic; did you mean "bedrock"?',
        '--zone: "us-gv" is no zone: use one of eu, us, jp, au, in, sg, us-gov; did you mean "us-gov"?',
      ].join("\n"),
    });
  });

  it("calls a misspelt region undecidable and names the one that was meant", async () => {
    const { exitCode, out } = await run(
      ...verdict,
      "--region",
      "eu-centrl-1",
      "--model",
      "eu.anthropic.claude-opus-5-5",
    );
    expect(exitCode).toBe(1);
    expect(out.split("\n")[0]).toBe("undecidable");
    expect(out.split("\n").at(-1)).toBe("  did you mean     eu-central-1");
  });

  it.each(["eu-central-1", "us-east-1", "nowhere"])("suggests no region for %s", async (region) => {
    const { out } = await run(...verdict, "--region", region, "--model", "x");
    expect(out).not.toContain("did you mean");
  });
});

// The first of them loads the cloud SDK, which takes seconds on a busy machine.
describe("a compliance file that cannot be used", { timeout: 60_000 }, () => {
  const commands = [
    ["preview", "--offline"],
    ["up", "eu"],
    ["profiles", "eu", "--offline", "--out", "/nowhere"],
  ];

  it.each(commands)(
    "is refused before an engine starts when it is missing: %s %s",
    async (...args) => {
      expect(await runWith({ COWORK_COMPLIANCE_FILE: "/nowhere/zones.yaml" }, ...args)).toEqual({
        exitCode: 1,
        out: "",
        err: "/nowhere/zones.yaml: cannot be read (ENOENT); no zone is known without it",
      });
    },
  );

  it.each(commands)("is refused with its lines when it is no YAML: %s %s", async (...args) => {
    const folder = mkdtempSync(join(tmpdir(), "cowork-compliance-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "zones.yaml");
    writeFileSync(file, "stacks:\n  eu: eu\n  eu: us\n");
    expect(await runWith({ COWORK_COMPLIANCE_FILE: file }, ...args)).toEqual({
      exitCode: 1,
      out: "",
      err: `${file}: refused\n  line 3: Map keys must be unique`,
    });
  });
});
