import type { BundledPackage } from "./bundled-packages.ts";
import { type RuntimePackage, webkitCommit } from "./runtimes.ts";
import type { TargetName } from "./targets.ts";

export interface SbomInput {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly packages: readonly BundledPackage[];
  readonly executables: readonly {
    readonly target: TargetName;
    readonly path: string;
    readonly sha256: string;
    readonly runtime: RuntimePackage;
  }[];
}

/**
 * What is in the executables, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). No serial number and no time:
 * the same sources give the same bytes.
 */
export function sbomOf({ name, version, license, packages, executables }: SbomInput): object {
  const own = `${name}@${version}`;
  const bundled = packages.map(packageComponent);
  const runtimes = executables.map(({ runtime }) => runtimeComponent(runtime));
  const parts = [...bundled, ...runtimes].map((component) => component["bom-ref"]);
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": own,
        name,
        version,
        licenses: licensesOf(license),
        components: executables.map(({ target, path, sha256 }) => ({
          type: "file",
          "bom-ref": `${own}#${target}`,
          name: `${target}/${path}`,
          hashes: [{ alg: "SHA-256", content: sha256 }],
        })),
      },
    },
    components: [...bundled, ...runtimes],
    dependencies: [{ ref: own, dependsOn: parts }, ...parts.map((ref) => ({ ref, dependsOn: [] }))],
  };
}

function packageComponent({ name, version, license, integrity }: BundledPackage) {
  const purl = purlOf(name, version);
  return {
    type: "library",
    "bom-ref": purl,
    name,
    version,
    ...(license === undefined ? {} : { licenses: licensesOf(license) }),
    ...(integrity === undefined ? {} : { hashes: hashesOf(integrity) }),
    purl,
  };
}

/** Bun's license page (https://bun.com/docs/project/license, read 2026-11-21) names what it links statically. */
function runtimeComponent({ name, version, integrity }: RuntimePackage) {
  const purl = purlOf(name, version);
  return {
    type: "platform",
    "bom-ref": purl,
    name,
    version,
    description:
      "Bun runtime; names of environment variables that reach into it are closed by the build",
    licenses: licensesOf("MIT"),
    hashes: hashesOf(integrity),
    purl,
    components: [
      {
        type: "library",
        "bom-ref": `${purl}#javascriptcore`,
        name: "JavaScriptCore",
        version: webkitCommit,
        description: "WebKit's JavaScript engine, linked statically into Bun",
        licenses: licensesOf("LGPL-2.0-or-later"),
        externalReferences: [{ type: "vcs", url: "https://github.com/oven-sh/WebKit" }],
      },
    ],
  };
}

/** https://github.com/package-url/purl-spec, type npm: the scope's `@` is percent-encoded. */
function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** An SPDX identifier stands alone; anything with an operator is an expression. */
function licensesOf(license: string): readonly object[] {
  return /^[A-Za-z0-9.+-]+$/.test(license)
    ? [{ license: { id: license } }]
    : [{ expression: license }];
}

function hashesOf(integrity: string): readonly object[] {
  const [, base64 = ""] = /^sha512-(.+)$/.exec(integrity) ?? [];
  return [{ alg: "SHA-512", content: Buffer.from(base64, "base64").toString("hex") }];
}
