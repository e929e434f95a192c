import { describe, expect, it } from "vitest";

import { Guardrail, type GuardrailArgs } from "../../../components/aws/guardrail.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { notIn, only } from "../../support/inventory.ts";
import { resolved } from "../../support/resolved.ts";
import { eu, frankfurt, label, us } from "./places.ts";

const args: GuardrailArgs = {
  place: frankfurt,
  label,
  filters: [{ type: "HATE", input: "HIGH", output: "HIGH" }],
  blockedMessage: "Stopped by policy.",
  today: "2026-11-21",
};
const build = (changes: Partial<GuardrailArgs> = {}) =>
  deploy(() => new Guardrail("fra", { ...args, ...changes }));
const standard = (guardrailProfile: string) => ({ kind: "standard", guardrailProfile }) as const;
const dublin = { ...frankfurt, region: "eu-west-1" };

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

  it("checks in the regions of its profile when every one of them is in the zone", async () => {
    const { resources } = await build({ tier: standard("eu.guardrail.v1:0") });
    expect(only(resources, "aws:bedrock/guardrail:Guardrail")).toMatchObject({
      contentPolicyConfig: { tierConfigs: [{ tierName: "STANDARD" }] },
      crossRegionConfig: {
        guardrailProfileIdentifier:
          "arn:aws:bedrock:eu-central-1:111122223333:guardrail-profile/eu.guardrail.v1:0",
      },
    });
  });

  it.each([
    {
      profile: "us.guardrail.v1:0",
      says: "outside: us.guardrail.v1:0 is not known to be usable from eu-central-1, and wherever it is used it leaves zone eu",
    },
    {
      profile: "global.guardrail.v1:0",
      says: "outside: global.guardrail.v1:0 may check text in any commercial region",
    },
    {
      profile: "eu.guardrail",
      says: 'undecidable: "eu.guardrail" is not a guardrail profile the catalogue lists; it lists apac.guardrail.v1:0, au.guardrail.v1:0, ca.guardrail.v1:0, eu.guardrail.v1:0, uk.guardrail.v1:0, us.guardrail.v1:0, us-gov.guardrail.v1:0',
    },
    {
      profile: "arn:aws:bedrock:eu-central-1:111122223333:guardrail-profile/eu.guardrail.v1:0",
      says: 'undecidable: "arn:aws:bedrock:eu-central-1:111122223333:guardrail-profile/eu.guardrail.v1:0" is not a guardrail profile the catalogue lists; it lists apac.guardrail.v1:0, au.guardrail.v1:0, ca.guardrail.v1:0, eu.guardrail.v1:0, uk.guardrail.v1:0, us.guardrail.v1:0, us-gov.guardrail.v1:0',
    },
    {
      profile: "",
      says: 'undecidable: "arn:aws:bedrock:eu-central-1:111122223333:guardrail-profile/" is not the ARN of a guardrail profile',
    },
  ])('refuses the profile "$profile"', async ({ profile, says }) => {
    expect(await refusal(build({ tier: standard(profile) }))).toBe(
      `fra: invalid arguments\n  tier.guardrailProfile: ${says}`,
    );
  });

  it("refuses London together with the profile used from there", async () => {
    const london = { ...frankfurt, region: "eu-west-2" };
    expect(await refusal(build({ tier: standard("eu.guardrail.v1:0"), place: london }))).toBe(
      [
        "fra: invalid arguments",
        "  region: outside: eu-west-2 is in GB, outside zone eu",
        "  tier.guardrailProfile: outside: the guardrail rests in eu-west-2: eu-west-2 is in GB, outside zone eu",
      ].join("\n"),
    );
  });

  it("takes a row of weak evidence only when compliance accepted it by name and date", async () => {
    const accepting = (date: string) => ({
      ...dublin,
      zone: { ...eu, acceptances: [{ id: "eu.guardrail.v1:0", date, reason: "support case" }] },
    });
    const tier = standard("eu.guardrail.v1:0");
    const unproven =
      'fra: invalid arguments\n  tier.guardrailProfile: undecidable: eu.guardrail.v1:0 from eu-west-1 rests on weak evidence (guardrail-page-one-copy: AWS table of guardrail profiles; one copy of the page shows the row in full); use tier "classic", or have compliance accept it by name with a date from 2026-11-21 to today';
    expect(await refusal(build({ tier, place: dublin }))).toBe(unproven);
    expect(await refusal(build({ tier, place: accepting("2026-11-22") }))).toBe(unproven);
    expect(await refusal(build({ tier, place: accepting("2026-11-20") }))).toBe(unproven);

    const { resources } = await build({ tier, place: accepting("2026-11-21") });
    expect(only(resources, "aws:bedrock/guardrail:Guardrail")).toMatchObject({
      crossRegionConfig: {
        guardrailProfileIdentifier:
          "arn:aws:bedrock:eu-west-1:111122223333:guardrail-profile/eu.guardrail.v1:0",
      },
    });
  });

  it("names what a caller must be allowed to apply: the guardrail, and its profile wherever it checks", async () => {
    const { result: classic } = await build();
    expect(await resolved(classic.appliedArns)).toEqual([await resolved(classic.guardrailArn)]);

    const { result } = await build({
      tier: standard("us.guardrail.v1:0"),
      place: { ...frankfurt, zone: us, region: "us-west-1" },
    });
    expect(await resolved(result.appliedArns)).toEqual([
      await resolved(result.guardrailArn),
      "arn:aws:bedrock:us-east-1:111122223333:guardrail-profile/us.guardrail.v1:0",
      "arn:aws:bedrock:us-east-2:111122223333:guardrail-profile/us.guardrail.v1:0",
      "arn:aws:bedrock:us-west-1:111122223333:guardrail-profile/us.guardrail.v1:0",
      "arn:aws:bedrock:us-west-2:111122223333:guardrail-profile/us.guardrail.v1:0",
    ]);
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
