import { describe, expect, it } from "vitest";

import { judgeConfig } from "../../stacks/config-rules.ts";
import { bedrockRoute } from "../support/bedrock-route.ts";
import { compliance, routesOnly, today } from "./shipped.ts";

const eu = routesOnly("eu");
const route = bedrockRoute(eu);

function problems(routes: readonly object[], change: object = {}) {
  const config = { ...eu, ...change, routes: routes.map((r) => ({ ...route, ...r })) };
  return judgeConfig(config, { compliance: compliance(), stack: "eu", today }).problems;
}

describe("judgeConfig", () => {
  it.each(["eu", "us", "jp"])("finds nothing wrong with the shipped %s stack", (stack) => {
    const judged = judgeConfig(routesOnly(stack), { compliance: compliance(), stack, today });
    expect(judged.problems).toEqual([]);
    expect(judged.zone?.id).toBe(stack);
  });

  it.each([
    {
      when: "a global profile",
      models: ["global.anthropic.claude-opus-5-5"],
      status: "outside",
      says: "any commercial region",
    },
    {
      when: "a us. profile",
      models: ["us.anthropic.claude-opus-5-5"],
      status: "undecidable",
      says: "eu-central-1",
    },
    {
      when: "a model that does not exist",
      models: ["eu.anthropic.claude-opus-9"],
      status: "undecidable",
      says: "not in the catalogue",
    },
    {
      when: "a profile that drops this geography",
      models: ["jp.anthropic.claude-opus-5-5"],
      status: "undecidable",
      says: "eu-central-1",
    },
  ])("refuses $when in the eu zone and names an alternative", ({ models, says }) => {
    const [only, ...others] = problems([{ models }]);
    expect(others).toEqual([]);
    expect(only?.path).toBe("routes.0.models.0");
    expect(only?.reason).toMatch(/^(outside|undecidable): /);
    expect(only?.reason).toContain(says);
    expect(only?.reason).toContain("; use eu.anthropic.claude-");
  });

  it("refuses a region outside the zone together with what follows from it", () => {
    const found = problems([{ region: "eu-west-2" }]);
    expect(found).toContainEqual({
      path: "routes.0.region",
      reason: "outside: eu-west-2 is in GB, outside zone eu",
    });
    expect(found.filter(({ path }) => path.startsWith("routes.0.models")).length).toBe(2);
  });

  it("suggests the nearest region of the zone for a misspelt one, and says nothing else", () => {
    const found = problems([{ region: "eu-centrall-1" }]);
    expect(found.map(({ path }) => path)).toEqual(["routes.0.region"]);
    expect(found[0]?.reason).toMatch(
      /^no dated source knows "eu-centrall-1"; zone eu has .*; did you mean "eu-central-1"\?$/,
    );
  });

  it("names routes that share a name, a region, an issuer or addresses, all at once", () => {
    expect(problems([{}, {}])).toEqual([
      { path: "routes.1.name", reason: '"frankfurt" is the name of routes.0 already' },
      {
        path: "routes.1.region",
        reason:
          "routes.0 is in eu-central-1 of account 111122223333 already, and an account has one invocation log a region; merge the two, or use another account",
      },
      {
        path: "routes.1.access.issuer",
        reason:
          "routes.0 creates the provider of this issuer in the account already; set existingProvider: true here",
      },
      {
        path: "routes.1.network.cidr",
        reason:
          "10.40.0.0/16 overlaps 10.40.0.0/16 of routes.0; laptops could reach only one of them",
      },
    ]);
  });

  it("sees an overlap of different blocks, and none between neighbours", () => {
    const at = (name: string, region: string, cidr: string) => ({
      name,
      region,
      network: { ...route.network, kind: "create", cidr },
      access: { ...route.access, existingProvider: true },
    });
    const first = at("one", "eu-central-1", "10.40.0.0/16");
    expect(problems([first, at("two", "eu-west-1", "10.41.0.0/16")])).toEqual([]);
    expect(problems([first, at("two", "eu-west-1", "10.40.128.0/20")])).toEqual([
      {
        path: "routes.1.network.cidr",
        reason:
          "10.40.128.0/20 overlaps 10.40.0.0/16 of routes.0; laptops could reach only one of them",
      },
    ]);
  });

  it.each([{ desktop: { kind: "interactive" }, use: "helper-script or vendor-profile" }])(
    "refuses a credential kind that cannot work with the sign-in",
    ({ desktop, use }) => {
      expect(problems([{ desktop }])).toEqual([
        {
          path: "routes.0.desktop.kind",
          reason: `"interactive" cannot work with access "oidc"; use ${use}`,
        },
      ]);
    },
  );

  it("refuses a model that is listed twice, FIPS where there is none, and an odd retention", () => {
    const twice = ["eu.anthropic.claude-opus-5-5", "eu.anthropic.claude-opus-5-5"];
    const found = problems([
      { models: twice, fips: true, logs: { ...route.logs, retentionDays: 8 } },
    ]);
    expect(found.map(({ path }) => path)).toEqual([
      "routes.0.models.1",
      "routes.0.fips",
      "routes.0.logs.retentionDays",
    ]);
  });

  it("refuses more models than the boundary can name, with the sizes", () => {
    const teams = Array.from({ length: 6 }, (_, i) => `team-${i}`);
    const found = problems([{ applicationProfiles: { teams, grant: true } }]);
    expect(found.map(({ path }) => path)).toEqual([
      "routes.0.applicationProfiles.grant",
      "routes.0.models",
      "routes.0.models",
    ]);
    expect(found[0]?.reason).toBe(
      "the compliance file records no application profile of account 111122223333 in eu-central-1; run up without grant first, then have compliance record the ARNs",
    );
    expect(found[1]?.reason).toMatch(
      /^the role inline policy has \d+ characters, AWS accepts at most 10240; /,
    );
    expect(found[2]?.reason).toMatch(
      /^the permission boundary has \d+ characters, AWS accepts at most 6144; /,
    );
  });

  it.each([
    {
      when: "a zone nobody knows",
      geography: "euu",
      reason:
        '"euu" is no zone of compliance/zones.yaml; use one of eu, us, jp, au, in, sg, us-gov; did you mean "eu"?',
    },
    {
      when: "a custom zone that compliance does not own",
      geography: { id: "core", label: "Core", countries: ["DE", "FR", "IE", "IT", "ES", "SE"] },
      reason: 'zone "core" is not in compliance/zones.yaml; the compliance team owns zones',
    },
  ])("refuses $when", ({ geography, reason }) => {
    expect(problems([{}], { geography })).toEqual([{ path: "geography", reason }]);
  });

  it("refuses a UK-only zone with the nearest honest alternative", () => {
    const geography = { id: "uk", label: "United Kingdom", countries: ["GB"] };
    const [only, ...others] = problems([{}], { geography });
    expect(others).toEqual([]);
    expect(only?.path).toBe("geography.countries");
    expect(only?.reason).toMatch(/GB|United Kingdom|no provider/);
  });
});
