import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { sideBySide } from "../../cli/side-by-side.ts";
import { BuildError, reasonOf } from "./build-error.ts";
import { type BuiltTarget, buildTarget, factsOf } from "./build-target.ts";
import { bundledPackages } from "./bundled-packages.ts";
import { ensureRuntimes, type RuntimeSource } from "./fetch-runtime.ts";
import { outputProblem, swapIn } from "./output-folder.ts";
import { runtimePackage } from "./runtimes.ts";
import { sbomOf } from "./sbom.ts";
import { signCommandProblem } from "./sign.ts";
import { type TargetName, targetOf } from "./targets.ts";

export interface BuildOptions {
  /** Folder of package.json, package-lock.json and node_modules. */
  readonly root: string;
  /** First module of the helper. */
  readonly entry: string;
  readonly targets: readonly TargetName[];
  /** Folder to write; an earlier build in it is replaced as a whole, and only when all targets are done. */
  readonly out: string;
  readonly source: RuntimeSource;
  /** Absolute path of a command run as `command TARGET FILE` before anything is hashed. Default: none. */
  readonly signCommand?: string;
  /** Of the archives, 0 to 9. Default: 6. */
  readonly compressionLevel?: number;
  readonly log: (line: string) => void;
}

/** Each takes half a gigabyte of memory and half a core. */
const targetsAtOnce = 2;

const productName = "cowork-credential-helper";

/**
 * Builds the helper for several targets: install trees, archives, `SHA256SUMS`, `install.json` and `sbom.cdx.json`.
 *
 * @throws BuildError naming every problem found; the output folder is then as it was.
 */
export async function buildHelper(options: BuildOptions): Promise<readonly BuiltTarget[]> {
  const { targets, source, log } = options;
  const out = resolve(options.out);
  refuse("the helper cannot be built:", inputProblems(options, out));
  await ensureRuntimes(targets.map(runtimePackage), source);

  mkdirSync(dirname(out), { recursive: true });
  const folder = mkdtempSync(join(dirname(out), `.${basename(out)}-`));
  const scratch = mkdtempSync(join(dirname(out), `.${basename(out)}-scratch-`));
  try {
    const problems: string[] = [];
    const tried = await sideBySide(targets, targetsAtOnce, async (name) => {
      try {
        const done = await buildOne(options, name, folder, scratch);
        log(`${name}: done`);
        return [done];
      } catch (error) {
        problems.push(`${name}: ${reasonOf(error)}`);
        return [];
      }
    });
    refuse("the helper was not built, and nothing was written:", problems.toSorted());
    const built = tried.flat();
    writeLists(options, built, folder);
    swapIn(folder, out);
    return built;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(scratch, { recursive: true, force: true });
  }
}

function refuse(title: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new BuildError(title, problems);
}

function inputProblems(options: BuildOptions, out: string): readonly string[] {
  const { entry, signCommand, targets } = options;
  const none = targets.length === 0 ? ["no target is named"] : [];
  const missing = existsSync(entry) ? [] : [`--entry ${entry}: there is no such file`];
  const signing = signCommand === undefined ? [] : (signCommandProblem(signCommand) ?? []);
  return [...none, ...missing, ...[signing].flat(), ...[outputProblem(out) ?? []].flat()];
}

async function buildOne(options: BuildOptions, name: TargetName, folder: string, scratch: string) {
  const target = targetOf(name);
  return await buildTarget({
    target,
    entry: resolve(options.entry),
    folder,
    scratch,
    root: options.root,
    source: options.source,
    signCommand: options.signCommand,
    archiveName: `${productName}-${packageOf(options.root).version}-${name}.${target.archive}`,
    compressionLevel: options.compressionLevel ?? 6,
  });
}

function writeLists(
  { root, signCommand }: BuildOptions,
  built: readonly BuiltTarget[],
  folder: string,
) {
  const { version, license } = packageOf(root);
  // The bundle is the same for all targets: one list of modules speaks for them.
  const packages = built.slice(0, 1).flatMap(({ metafile }) => bundledPackages(metafile, root));
  const executables = built.map(({ target, executable }) => ({
    target: target.name,
    path: target.entryPath,
    sha256: executable.sha256,
    runtime: runtimePackage(target.name),
  }));
  const sbom = sbomOf({ name: productName, version, license, packages, executables });
  const install = {
    name: productName,
    version,
    signed: signCommand !== undefined,
    targets: Object.fromEntries(built.map((one) => [one.target.name, installEntry(one)])),
  };
  const lists = { "install.json": install, "sbom.cdx.json": sbom };
  const written = Object.entries(lists).map(([path, value]) => {
    const bytes = Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);
    writeFileSync(join(folder, path), bytes);
    return factsOf(path, bytes);
  });
  const files = [...built.flatMap(({ archive, executable }) => [archive, executable]), ...written];
  const lines = files.map(({ sha256, path }) => `${sha256}  ${path}\n`);
  const byPath = (line: string) => line.slice(66);
  const sorted = lines.toSorted((a, b) => (byPath(a) < byPath(b) ? -1 : 1));
  writeFileSync(join(folder, "SHA256SUMS"), sorted.join(""));
}

function installEntry({ target, executable, archive }: BuiltTarget) {
  return {
    installedPath: target.installedPath,
    sha256: executable.sha256,
    sizeBytes: executable.sizeBytes,
    configPath: target.configPath,
    archive: archive.path,
  };
}

function packageOf(root: string): { readonly version: string; readonly license: string } {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
}
