import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect, inject, test } from "vitest";
import { killableEngine, part, stand, writePack } from "./support.ts";

const refusesBad = 'if (args.name === "bad") report("The name is bad.");';

const stackUrn = "urn:pulumi:eu::parts::pulumi:pulumi:Stack::parts-eu";
const partUrn = "urn:pulumi:eu::parts::cowork:test:Part::one";

const program = async () => {
  part("one");
  return {
    parts: { names: ["one"], count: 1 },
    region: new pulumi.Config("cowork").require("region"),
  };
};

const config = { "cowork:region": "eu-central-1" };

test("the engine found is one the Automation API accepts", () => {
  expect(inject("engine").version).toMatch(/^v3\.\d+\.\d+/);
  expect(["path", "download", "build"]).toContain(inject("engine").origin);
});

test("a program previews, goes up, stays unchanged and goes away, every line marked as offline", async () => {
  const lines: string[] = [];
  const { run } = stand({
    config,
    policyPack: writePack(refusesBad),
    onLine: (line) => lines.push(line),
  });

  const preview = await run("preview", program);
  expect(preview).toMatchObject({
    ok: true,
    problems: [],
    changes: { create: 2 },
    outputs: { parts: { names: ["one"], count: 1 }, region: "eu-central-1" },
    secretOutputs: [],
    unknownOutputs: [],
    policyMessages: [],
    rules: { "names/name-is-fine": { passed: 2, failed: 0 } },
    warnings: [],
  });
  expect(preview.steps).toEqual([
    { op: "create", urn: stackUrn, type: "pulumi:pulumi:Stack" },
    { op: "create", urn: partUrn, type: "cowork:test:Part" },
  ]);

  const up = await run("up", program);
  expect(up).toMatchObject({ ok: true, problems: [], changes: { create: 2 } });
  expect(up.outputs).toEqual({ parts: { names: ["one"], count: 1 }, region: "eu-central-1" });

  const second = await run("up", program);
  expect(second).toMatchObject({ ok: true, problems: [], changes: { same: 2 } });
  expect(second.steps.map(({ op }) => op)).toEqual(["same", "same"]);

  const gone = await run("destroy", program);
  expect(gone).toMatchObject({ ok: true, problems: [], changes: { delete: 2 } });

  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => !line.startsWith("[offline] "))).toEqual([]);
  expect(
    preview.output
      .trimEnd()
      .split("\n")
      .filter((line) => !line.startsWith("[offline] ")),
  ).toEqual([]);
});

test("a mandatory rule refuses the run, and nothing of the resource is created", async () => {
  const { run } = stand({ policyPack: writePack(refusesBad) });
  const refused = await run("up", async () => void part("bad"));
  expect(refused.ok).toBe(false);
  expect(refused.problems).toEqual([
    "rule name-is-fine is violated on cowork:test:Part::bad: Names are fine.\nThe name is bad.",
  ]);
  expect(refused.policyMessages).toEqual([
    {
      pack: "names",
      rule: "name-is-fine",
      level: "mandatory",
      message: "Names are fine.\nThe name is bad.",
      urn: "urn:pulumi:eu::parts::cowork:test:Part::bad",
    },
  ]);
  expect(refused.steps.map(({ type }) => type)).not.toContain("cowork:test:Part");
});

test("a rule that throws fails the run although the engine calls the policies fine", async () => {
  const { run } = stand({
    policyPack: writePack('if (args.name === "one") throw new Error("boom");'),
  });
  const broken = await run("preview", async () => void part("one"));
  expect(broken.ok).toBe(false);
  expect(broken.problems).toEqual([
    "failed to run policy: Error validating resource with policy 'name-is-fine' from policy pack 'names@v0.0.1':\nError: boom",
  ]);
});

test("a pack that cannot start fails the run", async () => {
  const { run } = stand({ policyPack: writePack("this is not JavaScript") });
  const broken = await run("preview", async () => void part("one"));
  expect(broken.ok).toBe(false);
  expect(broken.problems.join("\n")).toMatch(/policy pack "[^"]+" failed to start/);
});

test("what the program throws is told once, without a stack", async () => {
  const { run } = stand();
  const failed = await run("preview", async () => {
    throw new Error("routes: none given");
  });
  expect(failed.ok).toBe(false);
  expect(failed.problems).toEqual(["routes: none given"]);
});

test("a secret output is named and not handed out", async () => {
  const { run } = stand();
  const up = await run("up", async () => ({ open: "yes", hidden: pulumi.secret("s3cret") }));
  expect(up).toMatchObject({ ok: true, outputs: { open: "yes" }, secretOutputs: ["hidden"] });
  expect(JSON.stringify(up)).not.toContain("s3cret");
});

test("stacks go up side by side from one process, each with its own result", async () => {
  const { run } = stand({ policyPack: writePack(refusesBad) });
  const runs = await Promise.all(
    ["eu", "us", "jp"].map((stackName) =>
      run(
        "up",
        async () => {
          part("one");
          return { stack: pulumi.getStack() };
        },
        { stackName },
      ),
    ),
  );
  expect(runs.map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(runs.map(({ outputs }) => outputs)).toEqual([
    { stack: "eu" },
    { stack: "us" },
    { stack: "jp" },
  ]);
});

test("an engine killed in the middle of up is reported, and the next run in the same folder recovers", async () => {
  const { run, stateFolder } = stand();
  const { engine, pidFile } = killableEngine();
  const killed = await run(
    "up",
    async () => {
      const urn = part("one").urn;
      // Registered, so the engine is in the middle of its work and holds the lock.
      await new Promise<void>((resolve) => urn.apply(() => resolve()));
      process.kill(Number(readFileSync(pidFile, "utf8")), "SIGKILL");
      await new Promise(() => undefined);
    },
    { engine },
  );
  expect(killed).toMatchObject({
    ok: false,
    problems: ["the engine was killed (SIGKILL)"],
    changes: {},
  });
  const locks = join(stateFolder, "backend", ".pulumi", "locks");
  const left = readdirSync(locks, { recursive: true, encoding: "utf8" });
  expect(left.filter((name) => name.endsWith(".json"))).toHaveLength(1);

  const recovered = await run("up", async () => {
    part("one");
    part("two");
  });
  expect(recovered).toMatchObject({ ok: true, problems: [], warnings: [] });
  const again = await run("up", async () => {
    part("one");
    part("two");
  });
  expect(again.changes).toEqual({ same: 3 });
});
