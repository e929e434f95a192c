import { describe, expect, it } from "vitest";

import { fileSchemaText } from "../../stacks/file-schema.ts";
import { fileText } from "./shipped.ts";

describe("config.schema.json", () => {
  it("is what the schema generates", () => {
    expect(JSON.parse(fileText("stacks/config.schema.json"))).toEqual(JSON.parse(fileSchemaText()));
  });

  it.each(["eu", "us", "jp"])("is named in the first line of the %s stack", (stack) => {
    expect(fileText(`stacks/Pulumi.${stack}.yaml`).split("\n")[0]).toBe(
      "# yaml-language-server: $schema=./config.schema.json",
    );
  });
});
