import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bundledPackages } from "../../../scripts/helper/bundled-packages.ts";
import { inFolder } from "./built.ts";

describe("bundledPackages", () => {
  it("lists each package of which bytes are in the output, nested ones as themselves", async () => {
    await inFolder((root) => {
      const pack = (folder: string, facts: object) => {
        mkdirSync(join(root, folder), { recursive: true });
        writeFileSync(join(root, folder, "package.json"), JSON.stringify(facts));
      };
      pack("node_modules/jose", { name: "jose", version: "6.2.17", license: "MIT" });
      pack("node_modules/@a/b", { name: "@a/b", version: "1.0.0" });
      pack("node_modules/@a/b/node_modules/jose", {
        name: "jose",
        version: "5.0.0",
        license: "MIT",
      });
      const packages = { "node_modules/jose": { integrity: "sha512-x" } };
      writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages }));
      const inputs = {
        "credential-helper/main.ts": { bytesInOutput: 10 },
        "node_modules/jose/dist/a.js": { bytesInOutput: 10 },
        "node_modules/jose/dist/b.js": { bytesInOutput: 10 },
        "node_modules/@a/b/index.js": { bytesInOutput: 1 },
        "node_modules/@a/b/node_modules/jose/index.js": { bytesInOutput: 1 },
        "node_modules/shaken-off/index.js": { bytesInOutput: 0 },
      };
      writeFileSync(
        join(root, "meta.json"),
        JSON.stringify({ outputs: { "./helper": { inputs } } }),
      );
      expect(bundledPackages(join(root, "meta.json"), root)).toEqual([
        { name: "@a/b", version: "1.0.0", license: undefined, integrity: undefined },
        { name: "jose", version: "5.0.0", license: "MIT", integrity: undefined },
        { name: "jose", version: "6.2.17", license: "MIT", integrity: "sha512-x" },
      ]);
    });
  });

  it("finds the hash of a package where node_modules is a link to a folder elsewhere", async () => {
    await inFolder((base) => {
      const [root, elsewhere] = [join(base, "root"), join(base, "shared/node_modules/jose")];
      mkdirSync(root);
      mkdirSync(elsewhere, { recursive: true });
      writeFileSync(join(elsewhere, "package.json"), '{"name":"jose","version":"6.2.17"}');
      const packages = { "node_modules/jose": { integrity: "sha512-x" } };
      writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages }));
      const inputs = { "../shared/node_modules/jose/a.js": { bytesInOutput: 1 } };
      const metafile = join(root, "meta.json");
      writeFileSync(metafile, JSON.stringify({ outputs: { "./helper": { inputs } } }));
      expect(bundledPackages(metafile, root)).toEqual([
        { name: "jose", version: "6.2.17", license: undefined, integrity: "sha512-x" },
      ]);
    });
  });
});
