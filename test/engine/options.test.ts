import { describe, expect, test } from "vitest";
import { stackOutputs } from "../../contract/outputs.ts";
import { openHouse } from "./house.ts";

const options = `      fips: true
      discovery: true
      organizationId: o-a1b2c3d4e5
      logs:
        retentionDays: 365
        content: true
        objectLock: { mode: GOVERNANCE, days: 30 }
        alarmTopic: { kind: create }
`;

const namedByAws = `      onlyThroughEndpoint: true
      guardrail:
        filters: [{ type: PROMPT_ATTACK, input: HIGH, output: NONE }]
        blockedMessage: Stopped by company policy.
        tier: { kind: classic }
`;

describe("a stack with the optional parts the pack accepts", () => {
  test("previews, goes up and changes nothing the second time", async () => {
    const house = await openHouse();
    const ask = (lines: string) =>
      house.edit("stacks/Pulumi.us.yaml", (text) =>
        text.replace("  cowork:profiles", `${lines}  cowork:profiles`),
      );
    ask(options);
    // Not even an advisory: nothing is left "not proven, decided at up".
    const proven = await house.run("us", "preview");
    expect(proven.problems).toEqual([]);
    expect(proven.policyMessages).toEqual([]);

    // AWS chooses the ids of endpoints and guardrails: documents that name them are judged at up.
    ask(namedByAws);
    const preview = await house.run("us", "preview");
    expect(preview.problems).toEqual([]);
    for (const { level, message } of preview.policyMessages) {
      expect(level).toBe("advisory");
      expect(message).toMatch(
        /\nnot proven, decided at up: `(policy|inlinePolicy)` is not known yet$/,
      );
    }
    const up = await house.run("us", "up");
    expect(up.problems).toEqual([]);
    expect(up.policyMessages).toEqual([]);
    expect(up.changes).toEqual(preview.changes);
    const [route] = stackOutputs.parse(up.outputs.landingZone).routes;
    expect(route!.logs.content).toBe(true);
    const second = await house.run("us", "up");
    expect(second.problems).toEqual([]);
    expect(second.policyMessages).toEqual([]);
    expect(Object.keys(second.changes)).toEqual(["same"]);
  });
});
