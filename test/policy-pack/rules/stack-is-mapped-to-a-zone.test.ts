import { expect, it } from "vitest";
import { stackIsMappedToAZone } from "../../../policy-pack/rules/stack-is-mapped-to-a-zone.ts";
import type { Surroundings } from "../../../policy-pack/run.ts";
import { StackIndex } from "../../../policy-pack/stack-index.ts";
import { argsOf, euZone } from "../../support/run-rule.ts";

async function reports(zone: Surroundings["zone"]): Promise<string[]> {
  const messages: string[] = [];
  const policy = stackIsMappedToAZone(() => ({
    zone,
    preview: true,
    strictPreview: false,
    today: "2026-11-20",
    registered: new StackIndex(),
  }));
  for (const type of ["pulumi:pulumi:Stack", "aws:iam/role:Role"]) {
    for (const check of [policy.validateResource ?? []].flat()) {
      await check(argsOf({ type, props: {} }), (message) => void messages.push(message));
    }
  }
  return messages;
}

it("passes a mapped stack", async () => {
  expect(await reports(euZone)).toEqual([]);
});

it("refuses every resource of a stack without a zone, the first one included", async () => {
  expect(await reports({ problem: "why" })).toEqual(["why", "why"]);
});
