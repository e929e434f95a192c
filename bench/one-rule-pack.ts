import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./process.ts";

const files = {
  "PulumiPolicy.yaml": "runtime: nodejs\n",
  "package.json": '{ "name": "one-rule", "version": "0.0.1", "main": "index.cjs" }\n',
  "index.cjs": `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("one-rule", { policies: [{
  name: "nothing",
  description: "Everything is fine.",
  enforcementLevel: "mandatory",
  validateResource: () => {},
}] });
`,
};

/** Writes the smallest pack there is, what any pack costs; gives its folder inside `parent`. */
export function writeOneRulePack(parent: string): string {
  const folder = join(parent, "one-rule-pack");
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}
