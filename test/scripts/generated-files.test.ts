import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { generatedFiles } from "../../scripts/generated-files.ts";

const root = new URL("../../", import.meta.url);

it("lists every generated file", () => {
  expect(generatedFiles.map(({ path }) => path)).toEqual([
    "docs/residency.md",
    "docs/residency-google.md",
    "docs/policies.md",
    "docs/desktop-keys.md",
    "stacks/config.schema.json",
    "token-service/trust-policy.schema.json",
    "token-service/config.schema.json",
    "offline/providers/aws/schema.json",
    "offline/providers/gcp/schema.json",
    "offline/providers/azure-native/schema.json",
    "offline/providers/azuread/schema.json",
  ]);
});

it.each(generatedFiles.map((file) => [file.path, file] as const))(
  "%s is current",
  (path, file) => {
    const present = readFileSync(fileURLToPath(new URL(path, root)), "utf8");
    expect(file.render(present)).toBe(present);
  },
  60_000,
);
