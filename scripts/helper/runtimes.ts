import data from "./runtimes.json" with { type: "json" };
import type { TargetName } from "./targets.ts";

/** One target's runtime as the npm registry serves it. */
export interface RuntimePackage {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity of the package file: `sha512-` and 64 bytes in base64. */
  readonly integrity: string;
  /** The executable inside the package. */
  readonly executable: string;
}

/** Version of the compiler and of every runtime: bytecode of one version runs on no other. */
export const runtimeVersion: string = data.version;

/** Commit of oven-sh/WebKit whose JavaScriptCore every runtime links: `bun -p process.versions.webkit`. */
export const webkitCommit: string = data.webkit;

export function runtimePackage(target: TargetName): RuntimePackage {
  return { ...data.packages[target], version: data.version };
}
