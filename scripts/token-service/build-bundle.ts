import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { isRecord } from "../../residency/is-record.ts";
import { bundledPackages } from "../helper/bundled-packages.ts";
import { sbomOf } from "../helper/sbom.ts";

/** Largest bundle that is shipped, in bytes: what an image of it adds to Node. */
export const maxBundleBytes = 5_000_000;

export interface BundleOptions {
  /** Root of the checkout. */
  readonly root: string;
  /** Folder that is replaced as a whole. */
  readonly out: string;
}

export interface Bundle {
  readonly bytes: number;
  readonly sha256: string;
  readonly packages: number;
}

/**
 * One file that runs under plain Node 22.18 or newer without node_modules, its SBOM, the licenses of what is in it,
 * and the Dockerfile that packs it. The same sources give the same bytes.
 *
 * @throws Error when it is larger than {@link maxBundleBytes}.
 */
export async function buildBundle({ root, out }: BundleOptions): Promise<Bundle> {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const main = join(out, "main.mjs");
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["token-service/main.ts"],
    outfile: main,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22.18",
    mainFields: ["module", "main"],
    minify: true,
    // Errors are told apart by their class's name in several libraries.
    keepNames: true,
    legalComments: "external",
    metafile: true,
    logLevel: "silent",
    // What libraries still load with require() comes from Node itself.
    banner: {
      js: 'import{createRequire as cjsRequire}from"node:module";const require=cjsRequire(import.meta.url);',
    },
  });
  await cp(join(root, "token-service", "Dockerfile"), join(out, "Dockerfile"));
  const bytes = await readFile(main);
  if (bytes.length > maxBundleBytes) {
    throw new Error(`the bundle has ${bytes.length} bytes; ${maxBundleBytes} are allowed`);
  }
  const sha256 = createHash("sha256").update(bytes).digest("hex");

  const packages = await packagesOf(metafile, root, out);
  const { version, license } = await ownFacts(root);
  const sbom = sbomOf({
    name: "cowork-token-service",
    version,
    license,
    packages,
    executables: [],
  });
  await writeFile(join(out, "sbom.cdx.json"), `${JSON.stringify(sbom, undefined, 2)}\n`);
  await writeFile(join(out, "SHA256SUMS"), `${sha256}  main.mjs\n`);
  return { bytes: bytes.length, sha256, packages: packages.length };
}

/** The reader of metafiles takes a file, as another bundler writes it. */
async function packagesOf(metafile: object, root: string, out: string) {
  const file = join(out, "metafile.json");
  await writeFile(file, JSON.stringify(metafile));
  const packages = bundledPackages(file, root);
  await rm(file);
  return packages;
}

async function ownFacts(root: string): Promise<{ version: string; license: string }> {
  const read: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  if (isRecord(read) && typeof read.version === "string" && typeof read.license === "string") {
    return { version: read.version, license: read.license };
  }
  throw new Error("package.json: no version or license");
}
