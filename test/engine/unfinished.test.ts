import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { startSlowProvider } from "./slow-provider.ts";
import { killableEngine, stand, writePack } from "./support.ts";

class Thing extends pulumi.CustomResource {
  declare readonly address: pulumi.Output<string>;
  constructor(name: string, where?: pulumi.Input<string>) {
    super("slow:index:Thing", name, { size: 1, where, address: undefined });
  }
}

const program = async () => {
  const thing = new Thing("one");
  return { known: "yes", address: thing.address };
};

const atOnce = async () => undefined;

test("an output not known before up is named, and known after", async () => {
  const env = { PULUMI_DEBUG_PROVIDERS: await startSlowProvider(atOnce) };
  const { run } = stand({ env });
  const preview = await run("preview", program);
  expect(preview).toMatchObject({
    ok: true,
    problems: [],
    outputs: { known: "yes" },
    unknownOutputs: ["address"],
  });
  const up = await run("up", program);
  expect(up).toMatchObject({
    ok: true,
    outputs: { known: "yes", address: "10.0.0.1" },
    unknownOutputs: [],
  });
});

test("a rule that stumbles over an unknown value did not judge, and the run is not good", async () => {
  const env = { PULUMI_DEBUG_PROVIDERS: await startSlowProvider(atOnce) };
  const policyPack = writePack('if (args.props.size && args.props.where === "x") report("x");');
  const { run } = stand({ env, policyPack });
  const preview = await run("preview", async () => {
    new Thing("two", new Thing("one").address);
  });
  expect(preview.ok).toBe(false);
  expect(preview.problems).toEqual([
    expect.stringMatching(
      /^rule name-is-fine did not judge on slow:index:Thing::two: [\s\S]*string value at \.where can't be known during preview$/,
    ),
  ]);
});

test("a creation cut off by a killed engine is done again by the next up", async () => {
  const { engine, pidFile } = killableEngine();
  const cutOff = await startSlowProvider(async () => {
    process.kill(Number(readFileSync(pidFile, "utf8")), "SIGKILL");
    await new Promise(() => undefined);
  });
  const { run } = stand();
  const killed = await run("up", program, { engine, env: { PULUMI_DEBUG_PROVIDERS: cutOff } });
  expect(killed.ok).toBe(false);
  expect(killed.problems).toEqual(["the engine was killed (SIGKILL)"]);

  const env = { PULUMI_DEBUG_PROVIDERS: await startSlowProvider(atOnce) };
  const recovered = await run("up", program, { env });
  expect(recovered.problems).toEqual([]);
  expect(recovered.outputs).toEqual({ known: "yes", address: "10.0.0.1" });
  expect(recovered.warnings).toEqual([]);
  const again = await run("up", program, { env });
  expect(again).toMatchObject({ ok: true, changes: { same: 2 }, warnings: [] });
});
