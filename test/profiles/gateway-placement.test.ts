import { describe, expect, test } from "vitest";
import type { GatewayRouteOutputs } from "../../contract/gateway-route.ts";
import type { StackOutputs } from "../../contract/outputs.ts";
import { parseOutputs } from "../../contract/parse-outputs.ts";
import { placementProblems } from "../../profiles/placement.ts";
import { type ExampleName, example } from "./support/examples.ts";

interface Change {
  readonly zone?: Partial<StackOutputs["zone"]>;
  readonly route?: Partial<GatewayRouteOutputs>;
}

function problems(change: Change, name: ExampleName = "eu-gateway"): string[] {
  const outputs = example(name);
  const [first] = outputs.routes;
  const zone = { ...outputs.zone, ...change.zone };
  const route = { ...first, ...change.route } as StackOutputs["routes"][number];
  return placementProblems({ ...outputs, zone }, route, "at").map(
    ({ path, reason }) => `${path}: ${reason}`,
  );
}

const opus = { id: "m", label: "M", upstreamModels: { one: "claude-opus-5-5" } };
const through = (
  upstream: GatewayRouteOutputs["upstreams"][number],
  anthropicSees: GatewayRouteOutputs["anthropicSees"],
): Change => ({
  route: {
    upstreams: [upstream],
    models: [{ ...opus, upstreamModels: { one: upstream.models[0] ?? "" } }],
    anthropicSees,
  },
});

describe("what a gateway's outputs claim", () => {
  test("holds for upstreams in the zone", () => {
    expect(problems({})).toEqual([]);
  });

  test("is refused with an upstream outside, whoever wrote the outputs", () => {
    expect(
      problems(
        through(
          { name: "one", provider: "vertex", location: "us", models: ["claude-opus-5-5"] },
          "none",
        ),
      ),
    ).toEqual([expect.stringMatching(/^at\.upstreams\[0\]\.models\[0\]: outside: /)]);
    expect(
      problems(
        through(
          {
            name: "one",
            provider: "bedrock",
            region: "eu-west-2",
            models: ["eu.anthropic.claude-opus-5-5"],
          },
          "none",
        ),
      ),
    ).toEqual([
      "at.upstreams[0].models[0]: outside: the request is sent to eu-west-2: eu-west-2 is in GB, outside zone eu; use eu.anthropic.claude-opus-5-5 from eu-central-1",
    ]);
  });

  test("is refused with Anthropic behind it, even where outputs say the built-in zone accepts it", () => {
    const direct = {
      name: "one",
      provider: "anthropic" as const,
      models: ["claude-opus-5-5"],
    };
    expect(
      problems({ ...through(direct, "content"), zone: { accepts: ["anthropic-direct"] } }),
    ).toEqual([
      "at.upstreams[0].models[0]: outside: processed by Anthropic itself; zone eu does not accept anthropic-direct; use provider bedrock: eu.anthropic.claude-opus-5-5 from eu-central-1",
    ]);
  });

  test("may not say that Anthropic sees less than it does", () => {
    const foundry = {
      name: "one",
      provider: "foundry" as const,
      region: "eastus2",
      models: ["claude-opus-5-5"],
      version: "2",
      sku: "DataZoneStandard",
    };
    const pilot = { id: "pilot", label: "Pilot", countries: ["US"] };
    expect(problems({ ...through(foundry, "flagged content only"), zone: pilot })).toEqual([]);
    expect(problems({ ...through(foundry, "none"), zone: pilot })).toEqual([
      'at.anthropicSees: "none", but the upstreams say "flagged content only"',
    ]);
  });

  test("is refused with a model no declared upstream serves", () => {
    expect(problems({ route: { models: [opus] } })).toEqual([
      'at.models[0].upstreamModels.one: no upstream "one" is declared, only bedrock-frankfurt, vertex-eu; undeclared, nothing says where it sends a request',
    ]);
  });
});

describe("what a route to Anthropic claims", () => {
  test("holds only in a zone of its own that accepts it", () => {
    expect(problems({}, "pilot")).toEqual([]);
    expect(problems({ zone: { accepts: undefined } }, "pilot")).toEqual([
      "at.provider: processed by Anthropic itself; zone pilot does not accept anthropic-direct",
    ]);
    expect(problems({ zone: { accepts: ["azure-anywhere"] } }, "pilot")).toEqual([
      "at.provider: processed by Anthropic itself; zone pilot does not accept anthropic-direct",
    ]);
    expect(problems({ zone: { id: "us" } }, "pilot")).toEqual([
      "at.provider: processed by Anthropic itself; zone us does not accept anthropic-direct",
    ]);
  });
});

describe("the contract of a gateway route", () => {
  const refused = (change: object) => {
    const outputs = example("eu-gateway");
    const parsed = parseOutputs({ ...outputs, routes: [{ ...outputs.routes[0], ...change }] });
    return "problems" in parsed ? parsed.problems : [];
  };

  test("refuses an address with a credential, and repeats none of it", () => {
    const found = refused({ baseUrl: "https://user:hunter2@claude-gateway.example.com" });
    expect(found[0]).toEqual({
      path: "routes[0].baseUrl",
      reason: "an https URL without credentials",
    });
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  test("refuses a provider's own host and headers that open something", () => {
    expect(
      refused({ baseUrl: "https://api.anthropic.com", customHeaders: { "x-api-key": "a" } }),
    ).toEqual([
      {
        path: "routes[0].baseUrl",
        reason:
          '"api.anthropic.com" is no gateway but a provider\'s own endpoint; use a route with provider anthropic',
      },
      {
        path: "routes[0].customHeaders.x-api-key",
        reason:
          "names a credential, and profiles hold none; print such headers from a credential helper",
      },
    ]);
  });

  test("refuses an empty list of upstreams and a static key", () => {
    expect(refused({ upstreams: [] }).map(({ path }) => path)).toEqual(["routes[0].upstreams"]);
    expect(refused({ desktop: { kind: "static", key: "k" } }).map(({ path }) => path)).toEqual([
      "routes[0].desktop.kind",
    ]);
  });
});
