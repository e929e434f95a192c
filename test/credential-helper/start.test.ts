import { existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a module imports up front, types aside; what it imports later does not count. */
function importedUpFront(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const imports = text.matchAll(/^import (?!type )(?:[^;"']*? from )?"([^"]+)"/gm);
  return [...imports].map(([, name = ""]) => name);
}

/** All modules and packages that starting the program loads. */
function loadedByStart(entry: string): { readonly files: string[]; readonly packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const pending = [resolve(root, entry)];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const name of importedUpFront(file)) {
      if (name.startsWith(".")) pending.push(resolve(dirname(file), name));
      else packages.add(name);
    }
  }
  for (const file of files) expect(existsSync(file)).toBe(true);
  const names = [...files].map((file) => relative(root, file).replaceAll("\\", "/"));
  return { files: names.toSorted(), packages: [...packages].toSorted() };
}

describe("a start with a kept credential", () => {
  it("loads these modules and nothing else: each more costs every start", () => {
    expect(loadedByStart("credential-helper/main.ts")).toEqual({
      files: [
        "contract/helper-install.ts",
        "credential-helper/arguments.ts",
        "credential-helper/asked-again.ts",
        "credential-helper/cache-folder.ts",
        "credential-helper/cached-credential.ts",
        "credential-helper/context.ts",
        "credential-helper/deadline.ts",
        "credential-helper/failure.ts",
        "credential-helper/freshness.ts",
        "credential-helper/harden.ts",
        "credential-helper/main.ts",
        "credential-helper/output.ts",
        "credential-helper/private-file.ts",
        "credential-helper/read-config.ts",
        "credential-helper/record.ts",
        "credential-helper/run.ts",
        "credential-helper/secret-store/bytes.ts",
        "credential-helper/secret-store/key-vault.ts",
        "credential-helper/secret-store/read-record.ts",
        "credential-helper/secret-store/seal.ts",
        "credential-helper/secret-store/secret-store.ts",
        "credential-helper/sha256.ts",
        "credential-helper/trusted-path.ts",
      ],
      packages: ["node:fs", "node:path"],
    });
  });

  it("leaves validation and sign-in to those that work: a run that waits loads neither", () => {
    const { packages } = loadedByStart("credential-helper/renewed-credential.ts");
    expect(packages).toEqual(["node:fs", "node:timers/promises"]);
  });
});
