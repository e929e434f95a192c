import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { renderProfileSet } from "../../profiles/profile-set.ts";
import { example, exampleNames } from "./support/examples.ts";

const golden = fileURLToPath(new URL("./golden", import.meta.url));
const digest = fileURLToPath(new URL("./support/print-digest.ts", import.meta.url));

describe("profile sets of the fixed examples", () => {
  test.each(exampleNames)(
    "%s equals its golden files, byte for byte, and has no others",
    (name) => {
      const set = renderProfileSet(example(name));
      const rendered = [...set.files, set.manifest];
      const onDisk = readdirSync(join(golden, name), { recursive: true, encoding: "utf8" })
        .filter((path) => statSync(join(golden, name, path)).isFile())
        .map((path) => `${name}/${path}`);
      expect(rendered.map(({ path }) => path).sort()).toEqual(onDisk.sort());
      for (const { path, bytes } of rendered) {
        expect(bytes.equals(readFileSync(join(golden, path))), path).toBe(true);
      }
    },
  );

  test("are identical in 500 runs", () => {
    const first = JSON.stringify(renderProfileSet(example("eu")));
    const outputs = example("eu");
    for (let run = 0; run < 500; run += 1) {
      expect(JSON.stringify(renderProfileSet(outputs)) === first).toBe(true);
    }
  });

  test("are identical in three time zones and three locales, each of them really in force", () => {
    const runs = [
      { TZ: "Pacific/Kiritimati", LC_ALL: "C" },
      { TZ: "America/Los_Angeles", LC_ALL: "tr_TR.UTF-8" },
      { TZ: "America/St_Johns", LC_ALL: "sv_SE.UTF-8" },
    ].map((env) =>
      JSON.parse(
        execFileSync(process.execPath, [digest], {
          env: { PATH: process.env.PATH, ...env },
          encoding: "utf8",
        }),
      ),
    );
    expect(runs.map(({ timeZone, locale, sorted }) => [timeZone, locale, sorted])).toEqual([
      ["Pacific/Kiritimati", "en-US", "äz"],
      ["America/Los_Angeles", "tr-TR", "äz"],
      ["America/St_Johns", "sv-SE", "zä"],
    ]);
    expect(runs[0].digest).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(runs.map((run) => run.digest)).size).toBe(1);
  });
});
