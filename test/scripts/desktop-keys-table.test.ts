import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { currentKeysTable, refusedKeysTable } from "../../scripts/desktop-keys-table.ts";

const golden = fileURLToPath(new URL("../profiles/golden", import.meta.url));

const rowsOf = (table: string) =>
  table
    .split("\n")
    .slice(2)
    .map((row) => row.split(" | "));
const rowOf = (table: string, key: string) =>
  table.split("\n").find((row) => row.startsWith(`| \`${key}\` |`));

it("holds the 142 current keys and the 12 refused ones, each once", () => {
  const current = rowsOf(currentKeysTable()).map(([key]) => key);
  const refused = rowsOf(refusedKeysTable()).map(([key]) => key);
  expect([current.length, refused.length]).toEqual([142, 12]);
  expect(new Set([...current, ...refused]).size).toBe(154);
});

it("says for each key its type, first release, providers, value, delivery and dated source", () => {
  expect(rowOf(currentKeysTable(), "disableNonessentialTelemetry")).toBe(
    "| `disableNonessentialTelemetry` | boolean | 1.2581.0 | all | `true` | MDM, bootstrap | [2026-11-20](https://claude.com/docs/third-party/claude-desktop/configuration) |",
  );
  expect(rowOf(currentKeysTable(), "inferenceBedrockRegion")).toBe(
    "| `inferenceBedrockRegion` | string | 1.2581.0 | bedrock, mantle | from the stack | MDM, bootstrap | [2026-11-20](https://claude.com/docs/third-party/claude-desktop/configuration) |",
  );
});

it("calls exactly those keys written that stand in a golden profile", () => {
  const inProfiles = readdirSync(golden, { recursive: true, encoding: "utf8" })
    .filter((path) => /(managed-settings|bootstrap)\.json$/.test(path))
    .flatMap((path) => Object.keys(JSON.parse(readFileSync(join(golden, path), "utf8"))));
  const called = rowsOf(currentKeysTable())
    .filter((cells) => cells[4] !== "—")
    .map(([key]) => key?.replace(/^\| `|`$/g, ""));
  expect(called.sort()).toEqual([...new Set(inProfiles)].sort());
});
