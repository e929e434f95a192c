import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { signedAdHoc } from "./ad-hoc-signature.ts";
import { closeNames } from "./closed-names.ts";
import { compile } from "./compile.ts";
import { executableProblems } from "./executable-facts.ts";
import { type RuntimeSource, runtimeExecutable } from "./fetch-runtime.ts";
import { runtimePackage } from "./runtimes.ts";
import { sign } from "./sign.ts";
import { type ArchiveFile, tarOf } from "./tar.ts";
import type { Target } from "./targets.ts";
import { zipOf } from "./zip.ts";

/** Name in the signature macOS shows. */
const signatureIdentifier = "cowork-credential-helper";

export interface TargetJob {
  readonly target: Target;
  readonly entry: string;
  /** Folder the outputs are written to; exists. */
  readonly folder: string;
  /** Folder for what is thrown away afterwards; exists. */
  readonly scratch: string;
  /** Folder of package-lock.json and node_modules. */
  readonly root: string;
  readonly source: RuntimeSource;
  readonly signCommand: string | undefined;
  readonly archiveName: string;
  /** 0 to 9. */
  readonly compressionLevel: number;
}

export interface BuiltTarget {
  readonly target: Target;
  readonly executable: FileFacts;
  readonly archive: FileFacts;
  /** Absolute path of the list of bundled modules. */
  readonly metafile: string;
}

export interface FileFacts {
  /** Relative to the output folder, forward slashes. */
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Compiles, signs, checks and packs one target. */
export async function buildTarget(job: TargetJob): Promise<BuiltTarget> {
  const { target, folder, scratch } = job;
  const path = `${target.name}/${target.entryPath}`;
  const file = join(folder, path);
  const metafile = join(scratch, `${target.name}.json`);
  mkdirSync(dirname(file), { recursive: true });

  const runtime = join(scratch, `${target.name}-runtime`);
  const { bytes } = closeNames(await runtimeExecutable(runtimePackage(target.name), job.source));
  writeFileSync(runtime, bytes, { mode: 0o755 });
  await compile({ entry: job.entry, target, runtime, outfile: file, metafile, root: job.root });
  if (target.system === "darwin") {
    writeFileSync(file, signedAdHoc(readFileSync(file), signatureIdentifier), { mode: 0o755 });
  }
  if (job.signCommand !== undefined) await sign(job.signCommand, target.name, file);

  const executable = readFileSync(file);
  const problems = executableProblems(executable, target);
  if (problems.length > 0) throw new Error(`${basename(file)} ${problems.join("; ")}`);
  const archive = await packed({ path: target.entryPath, bytes: executable }, job);
  writeFileSync(join(folder, job.archiveName), archive);
  return {
    target,
    executable: factsOf(path, executable),
    archive: factsOf(job.archiveName, archive),
    metafile,
  };
}

async function packed(file: ArchiveFile, { target, compressionLevel }: TargetJob): Promise<Buffer> {
  if (target.archive === "zip") return await zipOf([file], compressionLevel);
  return await promisify(gzip)(tarOf([file]), { level: compressionLevel });
}

export function factsOf(path: string, bytes: Buffer): FileFacts {
  return {
    path,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    sizeBytes: bytes.length,
  };
}
