import { readFileSync } from "node:fs";
import { join } from "node:path";

/** An npm package of which code is in the executable. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression; `undefined` when the package does not say. */
  readonly license: string | undefined;
  /** Hash of the package file as the lock file has it; `undefined` when it has none. */
  readonly integrity: string | undefined;
}

interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }
    >
  >;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
}

/** Folder of the package a module belongs to, such as `node_modules/jose`; the innermost one when they nest. */
const packageFolder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/**
 * The packages really bundled: those of which a module left bytes in the output. Sorted by name and version.
 *
 * @param root Folder the metafile's paths are relative to; holds package-lock.json.
 */
export function bundledPackages(metafile: string, root: string): readonly BundledPackage[] {
  const { outputs }: Metafile = JSON.parse(readFileSync(metafile, "utf8"));
  const lock: Lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const modules = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [path] : [],
    ),
  );
  const folders = new Set(modules.flatMap((path) => packageFolder.exec(path)?.[0] ?? []));
  return [...folders]
    .map((folder) => {
      const { name, version, license } = packageFacts(join(root, folder, "package.json"));
      return { name, version, license, integrity: lock.packages[lockKey(folder)]?.integrity };
    })
    .toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The lock file knows a package by its place below the root, also where `node_modules` is a link to elsewhere. */
const lockKey = (folder: string) => folder.slice(folder.indexOf("node_modules/"));

const key = ({ name, version }: BundledPackage) => `${name}@${version}`;

function packageFacts(file: string) {
  const read: unknown = JSON.parse(readFileSync(file, "utf8"));
  const text = (name: string) => {
    const value = typeof read === "object" && read !== null ? Reflect.get(read, name) : undefined;
    return typeof value === "string" ? value : undefined;
  };
  const [name, version] = [text("name"), text("version")];
  if (name === undefined || version === undefined) throw new Error(`${file}: no name or version`);
  return { name, version, license: text("license") };
}
