import { gunzipSync } from "node:zlib";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { beforeAll, describe, expect, it } from "vitest";
import { packageFile } from "../../../scripts/helper/fetch-runtime.ts";
import { runtimePackage } from "../../../scripts/helper/runtimes.ts";
import { sbomOf } from "../../../scripts/helper/sbom.ts";
import { fileInTar } from "../../../scripts/helper/tar.ts";
import { source } from "./built.ts";

/** Holds CycloneDX's published JSON schemas. Integrity: npm registry, read 2026-11-21. */
const schemas = {
  name: "@cyclonedx/cyclonedx-library",
  version: "10.3.0",
  integrity:
    "sha512-RIT28sp1U0PCHaaeF3yNRwk6Jig/XJ8UsYAVOMYaHQ+0VVOvsjcp0PTWQFLUqJFF8XMud+Kdq6G+wtDAh+QJFA==",
};

let problemsOf: (document: unknown) => readonly (string | undefined)[];

beforeAll(async () => {
  const archive = gunzipSync(await packageFile(schemas, source));
  const schema = (name: string) =>
    JSON.parse(String(fileInTar(archive, `package/res/schema/${name}.SNAPSHOT.schema.json`)));
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  // The one format that ajv-formats does not know.
  ajv.addFormat("iri-reference", true).addFormat("idn-email", true);
  for (const name of ["spdx", "jsf-0.82"]) {
    ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  const validate = ajv.compile(schema("bom-1.6"));
  problemsOf = (document) => {
    validate(document);
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath}: ${message}`,
    );
  };
}, 120_000);

const jose = { name: "jose", version: "6.2.17", license: "MIT", integrity: "sha512-AAAA" };
const input = {
  name: "cowork-credential-helper",
  version: "0.1.0",
  license: "Apache-2.0",
  packages: [
    jose,
    { name: "@scope/two", version: "2.0.0", license: "(MIT OR Apache-2.0)", integrity: undefined },
    { name: "unlicensed", version: "3.0.0", license: undefined, integrity: undefined },
  ],
  executables: [
    {
      target: "linux-x64",
      path: "opt/cowork/bin/credential-helper",
      sha256: "0".repeat(64),
      runtime: runtimePackage("linux-x64"),
    },
  ],
} as const;
const real = {
  ...input,
  packages: [{ ...jose, integrity: `sha512-${Buffer.alloc(64).toString("base64")}` }],
};

/** What a reader of the document sees; the document itself is plain JSON. */
interface Bom {
  readonly specVersion: string;
  readonly components: readonly Record<string, unknown>[];
  readonly dependencies: readonly object[];
}

describe("sbomOf", () => {
  it("is valid by the published schema of CycloneDX 1.6", () => {
    expect(problemsOf(sbomOf(real))).toEqual([]);
  });

  it("is not valid when a hash or a license is none, so the schema does look", () => {
    expect(problemsOf(sbomOf({ ...real, packages: [jose] })).length).toBeGreaterThan(0);
    expect(problemsOf(sbomOf({ ...real, license: "Apache-2" })).length).toBeGreaterThan(0);
  });

  it("lists packages with licenses, hashes and purls, and leaves out what is not known", () => {
    // Parsed again: only what a reader gets counts.
    const bom = JSON.parse(JSON.stringify(sbomOf(input))) as Bom;
    expect(bom.components.map(({ purl }) => purl)).toEqual([
      "pkg:npm/jose@6.2.17",
      "pkg:npm/%40scope/two@2.0.0",
      "pkg:npm/unlicensed@3.0.0",
      "pkg:npm/%40oven/bun-linux-x64@1.4.5",
    ]);
    expect(bom.components[1]).toEqual({
      type: "library",
      "bom-ref": "pkg:npm/%40scope/two@2.0.0",
      name: "@scope/two",
      version: "2.0.0",
      licenses: [{ expression: "(MIT OR Apache-2.0)" }],
      purl: "pkg:npm/%40scope/two@2.0.0",
    });
    expect(bom.components[2]).not.toHaveProperty("licenses");
    expect(bom.components[3]).toMatchObject({
      licenses: [{ license: { id: "MIT" } }],
      components: [
        {
          name: "JavaScriptCore",
          version: "d6375c72affe0f70222cdcb45012b10f0bf3a9d5",
          licenses: [{ license: { id: "LGPL-2.0-or-later" } }],
        },
      ],
    });
  });

  it("holds nothing that changes from one build to the next", () => {
    const text = JSON.stringify(sbomOf(input));
    expect(text).toBe(JSON.stringify(sbomOf(input)));
    expect(text).not.toMatch(/serialNumber|timestamp/);
  });
});
