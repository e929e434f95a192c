import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { lz } from "../../cli/lz.ts";
import { startStandIns } from "../../offline/providers/stand-ins.ts";
import { copyOfHouse, ioAt } from "./checkout.ts";
import { temporaryFolder } from "./support.ts";

// Not a deployment: the user's own backend and project folder, but stand-ins instead of the clouds.
test("without --offline, lz works in the project's folder, on the user's backend, and marks nothing", async () => {
  const standIns = await startStandIns();
  try {
    const house = copyOfHouse();
    const backend = temporaryFolder();
    mkdirSync(join(backend, "home"));
    const env = {
      ...process.env,
      PULUMI_BACKEND_URL: pathToFileURL(backend).href,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_HOME: join(backend, "home"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ...standIns.env,
    };
    const before = readFileSync(join(house, "Pulumi.yaml"), "utf8");
    const profiles = temporaryFolder();

    const early = ioAt(house, env);
    expect(await lz(["profiles", "jp", "--out", profiles], early.io)).toBe(1);
    expect(early.err).toEqual([
      "jp: nothing is deployed yet, so there are no outputs; run up first",
    ]);
    expect(readdirSync(profiles)).toEqual([]);

    const up = ioAt(house, env);
    expect(await lz(["up", "jp"], up.io)).toBe(0);
    expect(up.out.join("\n")).not.toContain("[offline]");
    const second = ioAt(house, env);
    expect(await lz(["up", "jp"], second.io)).toBe(0);
    expect(second.out.at(-1)).toMatch(/^jp +ok +\d+ unchanged +\d+ +0 +[\d.]+$/);

    const written = ioAt(house, env);
    expect(await lz(["profiles", "jp", "--out", profiles], written.io)).toBe(0);
    expect(readdirSync(join(profiles, "jp")).sort()).toEqual(["manifest.json", "tokyo"]);

    const gone = ioAt(house, env);
    expect(await lz(["destroy", "jp"], gone.io)).toBe(0);
    expect(readFileSync(join(house, "Pulumi.yaml"), "utf8")).toBe(before);
  } finally {
    standIns.close();
  }
});
