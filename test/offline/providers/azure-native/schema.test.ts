import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

import { schemaText } from "../../../../offline/providers/azure-native/generate-schema.ts";
import { resourceTypes } from "../../../../offline/providers/azure-native/resource-types.ts";
import { loadSchema } from "../../../../offline/providers/azure-native/schema.ts";
import { apiVersions, fileNameOf } from "../../../../offline/providers/azure-native/type-tokens.ts";
import { strangersOf } from "../strangers.ts";

describe("schema.json", () => {
  it("is what the installed SDK's type definitions say; if not, run `npm run generate`", () => {
    const file = join(
      import.meta.dirname,
      "../../../../offline/providers/azure-native/schema.json",
    );
    expect(schemaText()).toBe(readFileSync(file, "utf8"));
  }, 60_000);

  it("knows required from optional, and every nested type an input leads to", () => {
    const { resources, types, version } = loadSchema();
    expect(version).toBe("3.28.0");
    const account = resources.get("azure-native:cognitiveservices:Account")!;
    expect(account.inputs.get("resourceGroupName")).toEqual({
      kind: { is: "string" },
      required: true,
    });
    expect(account.inputs.get("properties")).toEqual({
      kind: { is: "object", type: "cognitiveservices/AccountPropertiesArgs" },
      required: false,
    });
    expect(account.outputs.has("accountName")).toBe(false);
    const model = types.get("cognitiveservices/DeploymentModelArgs")!;
    expect([...model.keys()]).toEqual([
      ...["format", "name", "publisher", "source", "sourceAccount", "version"],
    ]);
    const deployment = types.get("cognitiveservices/DeploymentPropertiesArgs")!;
    expect(deployment.has("modelProviderData")).toBe(false);
  });
});

describe("what the stand-in adds to the SDK's types", () => {
  it("names only inputs and outputs the SDK has, however deep", () => {
    expect(strangersOf(resourceTypes, loadSchema())).toEqual([]);
  });

  it.each(Object.entries(apiVersions))("speaks for %s the API of the SDK, %s", (type, version) => {
    const root = dirname(
      createRequire(import.meta.url).resolve("@pulumi/azure-native/package.json"),
    );
    const [module = "", className = ""] = type.split("/");
    const text = readFileSync(join(root, module, `${fileNameOf(className)}.d.ts`), "utf8");
    expect(/Uses Azure REST API version (\d{4}-\d{2}-\d{2}(?:-preview)?)/.exec(text)?.[1]).toBe(
      version,
    );
  });
});
