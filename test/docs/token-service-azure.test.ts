import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { tokenServiceAzure } from "../../stacks/token-service-azure-schema.ts";

const page = readFileSync(new URL("../../docs/token-service-azure.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => parse(text!));

describe("docs/token-service-azure.md", () => {
  it("shows what a stack file may say", () => {
    const [whole, own, tested] = examples;
    const { azure } = whole["cowork:tokenService"];
    expect(tokenServiceAzure.parse(azure)).toMatchObject(azure);
    expect(tokenServiceAzure.parse({ ...azure, ...own })).toMatchObject(own);
    expect(tokenServiceAzure.parse({ ...azure, ...tested.azure })).toMatchObject({
      certificateHeaderTested: { testedBy: "security@example.com", testedOn: "2026-11-20" },
    });
    expect(examples).toHaveLength(3);
  });
});
