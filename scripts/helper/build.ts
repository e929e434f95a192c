import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../offline/engine/cache-folder.ts";
import { readArguments, usage } from "./arguments.ts";
import { BuildError } from "./build-error.ts";
import { buildHelper } from "./build-helper.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const say = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (text: string) => void process.stderr.write(`${text}\n`);

/** 0 built, 1 refused or failed, 2 not understood. */
async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  const asked = readArguments(args);
  if ("problems" in asked) {
    complain([...asked.problems, usage].join("\n"));
    return 2;
  }
  const out = asked.out ?? join(root, "out", "helper");
  try {
    const built = await buildHelper({
      root,
      entry: asked.entry ?? join(root, "credential-helper", "main.ts"),
      targets: asked.targets,
      out,
      source: { cacheFolder: cacheFolder(process.env) },
      ...(asked.signCommand === undefined ? {} : { signCommand: asked.signCommand }),
      log: say,
    });
    say(`${built.length} of 6 targets in ${out}: SHA256SUMS, install.json, sbom.cdx.json`);
    return 0;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    complain(error.message);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
