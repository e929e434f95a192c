import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { parseConfig, valuesFromPulumi } from "../../stacks/config.ts";
import { geographyStack } from "../../stacks/geography.ts";
import { deploy, resolved } from "../support/deploy.ts";
import { type Change, refusalOf } from "./refusal.ts";
import { asPulumiHandsOver, cloudAnswers, compliance, today } from "./shipped.ts";
import { mantleStack } from "./support/mantle-stack.ts";

const refusal = (...changes: Change[]) => refusalOf({ stack: "eu", text: mantleStack }, changes);

describe("a mantle route of a stack", () => {
  it("exports what laptops need, dated by the catalogue it was judged by", async () => {
    const parsed = parseConfig(valuesFromPulumi(asPulumiHandsOver(parse(mantleStack).config)));
    if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
    const { result } = await deploy(
      () => geographyStack(parsed.config, { compliance: compliance(), stack: "eu", today }),
      cloudAnswers,
    );

    const { catalogueDates, routes } = await resolved(result.landingZone);
    expect(catalogueDates).toEqual({ aws: expect.stringMatching(/^2026-\d\d-\d\d$/) });
    expect(routes).toEqual([
      expect.objectContaining({
        provider: "mantle",
        baseUrl: "https://bedrock-mantle.eu-north-1.api.aws/anthropic",
        projectId: "default",
        reach: { kind: "routed" },
        signIn: expect.objectContaining({ kind: "oidc", issuer: "https://login.example.com" }),
      }),
    ]);
  });

  it.each<[string, Change, string[]]>([
    [
      "a profile id",
      ["anthropic.claude-opus-5,", "eu.anthropic.claude-opus-5-5,"],
      [
        "  routes.0.models.0: undecidable: eu.anthropic.claude-opus-5-5 is no base model id of the catalogue of 2026-10-18; mantle knows no profiles; use provider bedrock: eu.anthropic.claude-opus-5-5 from eu-central-1",
      ],
    ],
    [
      "a region that does not serve the models itself",
      ["region: eu-north-1", "region: eu-central-1"],
      [
        "  routes.0.models.0: undecidable: bedrock-mantle is not known to serve anthropic.claude-opus-5 in eu-central-1, only in eu-north-1, eu-west-1, us-east-1; use provider bedrock: eu.anthropic.claude-opus-5-5 from eu-central-1",
        "  routes.0.models.1: undecidable: bedrock-mantle is not known to serve anthropic.claude-sonnet-5 in eu-central-1, only in eu-north-1, eu-west-1, us-east-1; use provider bedrock: eu.anthropic.claude-opus-5-5 from eu-central-1",
      ],
    ],
    [
      "the endpoint's own name, whose certificate no source speaks of",
      ["kind: routed", "kind: vpce-name"],
      ['  routes.0.reach.kind: "vpce-name" is not a choice; use one of resolver, routed'],
    ],
    [
      "a sign-in mantle does not have",
      ["kind: oidc", "kind: identity-center"],
      ['  routes.0.access.kind: "identity-center" is not a choice; use one of oidc, principal'],
    ],
    [
      "a key",
      ["kind: helper-script", "kind: static"],
      [
        '  routes.0.desktop.kind: "static" is not a choice; use one of helper-script, credential-helper',
      ],
    ],
    [
      "a pattern of projects",
      ["network:", "projectId: '*'\n      network:"],
      ['  routes.0.projectId: "*" is not a project id'],
    ],
  ])("refuses %s", (_, change, problems) => {
    expect(refusal(change)).toEqual(["eu: invalid configuration", ...problems]);
  });

  it("and a Bedrock route of one account do not both create the provider of one issuer", () => {
    const second = mantleStack
      .slice(mantleStack.indexOf("    - name:"))
      .replace("stockholm", "frankfurt")
      .replace("provider: mantle", "provider: bedrock")
      .replace("eu-north-1", "eu-central-1")
      .replace(/models: .*/, "models: [eu.anthropic.claude-opus-5-5]")
      .replace("10.44.0.0/16", "10.45.0.0/16");
    expect(refusalOf({ stack: "eu", text: mantleStack + second }, [])).toEqual([
      "eu: invalid configuration",
      "  routes.1.access.issuer: routes.0 creates the provider of this issuer in the account already; set existingProvider: true here",
    ]);
  });
});
