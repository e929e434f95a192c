import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { schemaText } from "../../../../offline/providers/azuread/generate-schema.ts";
import { resourceTypes } from "../../../../offline/providers/azuread/resource-types.ts";
import { loadSchema } from "../../../../offline/providers/azuread/schema.ts";
import { strangersOf } from "../strangers.ts";

describe("schema.json", () => {
  it("is what the installed SDK's type definitions say; if not, run `npm run generate`", () => {
    const file = join(import.meta.dirname, "../../../../offline/providers/azuread/schema.json");
    expect(schemaText()).toBe(readFileSync(file, "utf8"));
  }, 60_000);

  it("knows required from optional, and every nested type an input leads to", () => {
    const { resources, types, version } = loadSchema();
    expect(version).toBe("6.9.1");
    const uris = resources.get("azuread:index/applicationRedirectUris:ApplicationRedirectUris")!;
    expect(uris.inputs.get("redirectUris")).toEqual({
      kind: { is: "list", of: { is: "string" } },
      required: true,
    });
    const principal = resources.get("azuread:index/servicePrincipal:ServicePrincipal")!;
    expect(principal.inputs.has("objectId")).toBe(false);
    expect(principal.outputs.get("objectId")?.required).toBe(true);
    expect([...types.get("ApplicationPublicClient")!.keys()]).toEqual(["redirectUris"]);
  });
});

describe("what the stand-in adds to the SDK's types", () => {
  it("names only inputs and outputs the SDK has, however deep", () => {
    expect(strangersOf(resourceTypes, loadSchema())).toEqual([]);
  });
});
