import { describe, expect, it } from "vitest";

import {
  Guardrail,
  type GuardrailArgs,
  guardrailProfileVerdict,
} from "../../../components/aws/guardrail.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { notIn, only } from "../../support/inventory.ts";
import { eu, frankfurt, label } from "./places.ts";

const args: GuardrailArgs = {
  place: frankfurt,
  label,
  filters: [{ type: "HATE", input: "HIGH", output: "HIGH" }],
  blockedMessage: "Stopped by policy.",
  today: "2026-11-21",
};
const build = (changes: Partial<GuardrailArgs> = {}) =>
  deploy(() => new Guardrail("fra", { ...args, ...changes }));
const accepting = (date: string) => ({
  ...frankfurt,
  zone: { ...eu, acceptances: [{ id: "eu.guardrail.v1:0", date, reason: "AWS support case" }] },
});
const standard = { kind: "standard", guardrailProfile: "eu.guardrail.v1:0" } as const;

describe("Guardrail", () => {
  it("checks in its own region unless told otherwise", async () => {
    const { resources } = await build();
    const guardrail = only(resources, "aws:bedrock/guardrail:Guardrail");
    expect(guardrail).toMatchObject({
      contentPolicyConfig: {
        filtersConfigs: [{ type: "HATE", inputStrength: "HIGH", outputStrength: "HIGH" }],
        tierConfigs: [{ tierName: "CLASSIC" }],
      },
    });
    expect(guardrail.crossRegionConfig).toBeUndefined();
    expect(notIn("eu-central-1", resources)).toEqual([]);
  });

  it("refuses the Standard tier until compliance accepted the profile by name and date", async () => {
    const unproven =
      'fra: invalid arguments\n  tier.guardrailProfile: undecidable: no dated source says where eu.guardrail.v1:0 is processed; use tier "classic", or have compliance accept it in zone eu';
    expect(await refusal(build({ tier: standard }))).toBe(unproven);
    expect(await refusal(build({ tier: standard, place: accepting("2026-11-22") }))).toBe(unproven);

    const { resources } = await build({ tier: standard, place: accepting("2026-11-21") });
    expect(only(resources, "aws:bedrock/guardrail:Guardrail")).toMatchObject({
      contentPolicyConfig: { tierConfigs: [{ tierName: "STANDARD" }] },
      crossRegionConfig: {
        guardrailProfileIdentifier:
          "arn:aws:bedrock:eu-central-1:111122223333:guardrail-profile/eu.guardrail.v1:0",
      },
    });
  });

  it("names every bad filter", async () => {
    const filters = [
      { type: "PROMPT_ATTACK", input: "HIGH", output: "LOW" },
      { type: "SPAM", input: "HUGE", output: "LOW" },
    ] as unknown as GuardrailArgs["filters"];
    expect(await refusal(build({ filters, blockedMessage: "" }))).toBe(
      [
        "fra: invalid arguments",
        '  filters[0].output: "LOW"; attacks come only from input, so it must be NONE',
        '  filters[1].type: "SPAM"; use one of HATE, INSULTS, SEXUAL, VIOLENCE, MISCONDUCT, PROMPT_ATTACK',
        '  filters[1].input: "HUGE"; use one of NONE, LOW, MEDIUM, HIGH',
        "  blockedMessage: 0 characters; need 1 to 500",
      ].join("\n"),
    );
  });

  it("refuses a guardrail that checks nothing", async () => {
    expect(await refusal(build({ filters: [] }))).toBe(
      "fra: invalid arguments\n  filters: empty; a guardrail without a filter checks nothing",
    );
  });
});

describe("guardrailProfileVerdict", () => {
  it.each([
    ["global.guardrail.v1:0", "outside"],
    ["us.guardrail.v1:0", "undecidable"],
    ["eu.guardrail.v1:0", "undecidable"],
    ["toString.guardrail.v1:0", "undecidable"],
    ["eu.guardrail", "undecidable"],
    ["", "undecidable"],
  ])('"%s" from Frankfurt is %s for the EU', (profile, status) => {
    expect(guardrailProfileVerdict(frankfurt, profile, "2026-11-21").status).toBe(status);
  });

  it("is outside from London, where eu. also reaches the UK, even when accepted", () => {
    const london = { ...accepting("2026-01-01"), region: "eu-west-2" };
    expect(guardrailProfileVerdict(london, "eu.guardrail.v1:0", "2026-11-21")).toEqual({
      status: "outside",
      reason: "eu. profiles called from eu-west-2 reach eu-west-2, outside zone eu",
    });
  });
});
