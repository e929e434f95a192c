import { describe, expect, test } from "vitest";
import { stackOutputs } from "../../contract/outputs.ts";
import type { StackRun } from "../../offline/engine/run-stack.ts";
import { bedrockRoute } from "../support/bedrock-route.ts";
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
    house.firstRouteOnly("us");
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
    const route = bedrockRoute(stackOutputs.parse(up.outputs.landingZone));
    expect(route.logs.content).toBe(true);
    const second = await house.run("us", "up");
    expect(second.problems).toEqual([]);
    expect(second.policyMessages).toEqual([]);
    expect(Object.keys(second.changes)).toEqual(["same"]);
  });
});

const guardrail = (profile: string) => `      guardrail:
        filters: [{ type: HATE, input: HIGH, output: HIGH }]
        blockedMessage: Stopped by company policy.
        tier: { kind: standard, guardrailProfile: "${profile}" }
`;

/** A house whose stack asks for more of its Bedrock route, the first. */
async function asking(stack: string, lines: string) {
  const house = await openHouse();
  house.firstRouteOnly(stack);
  house.edit(`stacks/Pulumi.${stack}.yaml`, (text) =>
    text.replace("  cowork:profiles", `${lines}  cowork:profiles`),
  );
  return house;
}

const agreement = "aws:bedrockfoundation/modelAgreement:ModelAgreement";
const form = "aws:bedrock/useCaseForModelAccess:UseCaseForModelAccess";
const createdTypes = ({ steps }: StackRun) =>
  steps.flatMap(({ op, type }) => (op === "create" ? [type] : []));

describe("a guardrail of the Standard tier", () => {
  test("goes up where its profile checks in the zone only, and changes nothing the second time", async () => {
    const house = await asking("eu", guardrail("eu.guardrail.v1:0"));
    const up = await house.run("eu", "up");
    expect(up.problems).toEqual([]);
    expect(up.policyMessages).toEqual([]);
    expect(createdTypes(up)).toContain("aws:bedrock/guardrail:Guardrail");
    // Nobody opted in to terms here, so none are accepted.
    expect(createdTypes(up)).not.toContain(agreement);
    expect(createdTypes(up)).not.toContain(form);
    const second = await house.run("eu", "up");
    expect(second.problems).toEqual([]);
    expect(Object.keys(second.changes)).toEqual(["same"]);
  });

  test("previews in us-west-1, which the US profile adds to its own regions", async () => {
    const house = await asking("us", guardrail("us.guardrail.v1:0"));
    house.edit("stacks/Pulumi.us.yaml", (text) =>
      text.replace("region: us-east-1", "region: us-west-1"),
    );
    const preview = await house.run("us", "preview");
    expect(preview.problems).toEqual([]);
  });

  test.each([
    {
      profile: "us.guardrail.v1:0",
      region: "eu-central-1",
      says: "outside: us.guardrail.v1:0 is not known to be usable from eu-central-1, and wherever it is used it leaves zone eu",
    },
    {
      profile: "eu.guardrail.v1:0",
      region: "eu-west-1",
      says: "undecidable: eu.guardrail.v1:0 from eu-west-1 rests on weak evidence",
    },
    {
      profile: "eu.guardrail.v1:0",
      region: "eu-west-2",
      says: "eu-west-2 is in GB, outside zone eu",
    },
  ])("is refused with $profile in $region, and nothing is created", async (one) => {
    const house = await asking("eu", guardrail(one.profile));
    house.edit(
      "stacks/Pulumi.eu.yaml",
      (text) => `${text.replace("region: eu-central-1", `region: ${one.region}`)}\n`,
    );
    const up = await house.run("eu", "up");
    expect(up.ok).toBe(false);
    expect(up.problems.join("\n")).toContain(one.says);
    expect(createdTypes(up)).not.toContain("aws:bedrock/guardrail:Guardrail");
  });
});

describe("access to models", () => {
  const useCase = `        useCase:
          companyName: Example Corp
          companyWebsite: https://www.example.com
          intendedUsers: "0"
          industryOption: Energy
          useCases: Writing and analysis by employees
`;
  const legal = (acceptedOn: string) =>
    `        legal: { acceptedBy: counsel@example.com, acceptedOn: ${acceptedOn} }\n`;

  test("is agreed for exactly the route's models once a person has accepted, and only once", async () => {
    const house = await asking("eu", `      modelAccess:\n${legal("2026-11-20")}${useCase}`);
    const preview = await house.run("eu", "preview");
    expect(preview.problems).toEqual([]);
    expect(preview.policyMessages).toEqual([]);
    const up = await house.run("eu", "up");
    expect(up.problems).toEqual([]);
    expect(up.policyMessages).toEqual([]);
    expect(up.changes).toEqual(preview.changes);
    expect(createdTypes(up).filter((type) => type === agreement)).toHaveLength(2);
    expect(createdTypes(up).filter((type) => type === form)).toHaveLength(1);

    // AWS offers another token each time; the agreement must not be made anew.
    const second = await house.run("eu", "up");
    expect(second.problems).toEqual([]);
    expect(second.policyMessages).toEqual([]);
    expect(Object.keys(second.changes)).toEqual(["same"]);
  });

  test.each([
    { when: "nobody accepted", lines: useCase, says: "modelAccess.legal: missing" },
    {
      when: "the acceptance is dated tomorrow",
      lines: legal("2026-11-22"),
      says: "modelAccess.legal.acceptedOn: 2026-11-22 is later than today, 2026-11-21",
    },
  ])("is not agreed when $when", async ({ lines, says }) => {
    const house = await asking("eu", `      modelAccess:\n${lines}`);
    const up = await house.run("eu", "up");
    expect(up.ok).toBe(false);
    expect(up.problems.join("\n")).toContain(says);
    expect(createdTypes(up)).not.toContain(agreement);
    expect(createdTypes(up)).not.toContain(form);
  });
});
