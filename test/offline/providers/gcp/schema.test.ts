import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { schemaText } from "../../../../offline/providers/gcp/generate-schema.ts";
import { resourceTypes } from "../../../../offline/providers/gcp/resource-types.ts";
import { loadSchema } from "../../../../offline/providers/gcp/schema.ts";
import type { Rule } from "../../../../offline/providers/shared/rules.ts";
import type { Fields } from "../../../../offline/providers/shared/schema.ts";

describe("schema.json", () => {
  it("is what the installed SDK's type definitions say; if not, run `npm run generate`", () => {
    const file = join(import.meta.dirname, "../../../../offline/providers/gcp/schema.json");
    expect(schemaText()).toBe(readFileSync(file, "utf8"));
  }, 30_000);

  it("knows required from optional, and every nested type an input leads to", () => {
    const { resources, types } = loadSchema();
    const key = resources.get("gcp:kms/cryptoKey:CryptoKey")!;
    expect(key.inputs.get("keyRing")).toEqual({ kind: { is: "string" }, required: true });
    expect(key.inputs.get("purpose")).toEqual({ kind: { is: "string" }, required: false });
    expect(key.inputs.has("primaries")).toBe(false);
    expect(key.outputs.get("deletionPolicy")).toEqual({ kind: { is: "string" }, required: true });
    expect([...types.get("kms/CryptoKeyVersionTemplate")!.keys()]).toEqual([
      "algorithm",
      "protectionLevel",
    ]);
  });

  it("finds classes whose file and token follow rules of their own", () => {
    const tokens = [...loadSchema().resources.keys()];
    expect(tokens).toContain("gcp:projects/iAMMember:IAMMember");
    expect(tokens).toContain("gcp:organizations/iamAuditConfig:IamAuditConfig");
    expect(tokens).toContain("gcp:compute/vPNGateway:VPNGateway");
  });
});

describe("what the stand-in adds to the SDK's types", () => {
  const { types } = loadSchema();

  it("names only inputs and outputs the SDK has, however deep", () => {
    const strangers = [...resourceTypes.values()].flatMap(({ token, schema, ...type }) => {
      const paths = [
        ...Object.keys(type.defaults ?? {}),
        ...(type.json ?? []),
        ...type.replaceOn,
        ...(type.rules ?? []).flatMap(pathsOf),
      ].filter((path) => !exists(path, schema.inputs));
      const outputs = Object.keys(type.computed ?? {}).filter((name) => !schema.outputs.has(name));
      return [...paths, ...outputs].map((name) => `${token} ${name}`);
    });
    expect(strangers).toEqual([]);
  });

  function pathsOf(rule: Rule): readonly string[] {
    if ("of" in rule) return rule.of;
    return "needs" in rule ? [rule.at, rule.needs] : [rule.at];
  }

  function exists(path: string, fields: Fields): boolean {
    const [name = "", ...rest] = path.replace("[]", "").split(".");
    let kind = fields.get(name)?.kind;
    if (kind?.is === "list") kind = kind.of;
    if (rest.length === 0) return kind !== undefined;
    const inner = kind?.is === "object" ? types.get(kind.type) : undefined;
    return inner !== undefined && exists(rest.join("."), inner);
  }
});
