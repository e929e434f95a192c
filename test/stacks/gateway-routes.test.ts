import { describe, expect, it } from "vitest";

import { geographyStack } from "../../stacks/geography.ts";
import { deploy, resolved } from "../support/deploy.ts";
import { compliance, deployShipped, shippedConfig, today } from "./shipped.ts";

describe("a gateway route", () => {
  it("creates nothing, and exports what laptops need and what every upstream is worth", async () => {
    const { result, resources } = await deployShipped("eu-gateway");

    expect(resources).toEqual([]);
    const { routes, catalogueDates, zone } = await resolved(result.landingZone);
    expect(zone).not.toHaveProperty("accepts");
    expect(catalogueDates).toEqual({
      aws: expect.stringMatching(/^2026-\d\d-\d\d$/),
      gcp: expect.stringMatching(/^2026-\d\d-\d\d$/),
    });
    expect(routes).toEqual([
      {
        name: "gateway",
        provider: "gateway",
        baseUrl: "https://claude-gateway.example.com",
        authScheme: "bearer",
        customHeaders: { "x-geography": "eu" },
        upstreams: [
          {
            name: "bedrock-frankfurt",
            provider: "bedrock",
            region: "eu-central-1",
            models: ["eu.anthropic.claude-opus-5-5", "eu.anthropic.claude-sonnet-5-5"],
          },
          {
            name: "vertex-eu",
            provider: "vertex",
            location: "eu",
            models: ["claude-opus-5-5", "claude-sonnet-5-5"],
          },
        ],
        models: [
          {
            id: "claude-opus-5-5",
            label: "Claude Opus 5.5",
            upstreamModels: {
              "bedrock-frankfurt": "eu.anthropic.claude-opus-5-5",
              "vertex-eu": "claude-opus-5-5",
            },
          },
          {
            id: "claude-sonnet-5-5",
            label: "Claude Sonnet 5.5",
            upstreamModels: {
              "bedrock-frankfurt": "eu.anthropic.claude-sonnet-5-5",
              "vertex-eu": "claude-sonnet-5-5",
            },
          },
        ],
        anthropicSees: "none",
        caveats: expect.any(Array),
        desktop: {
          kind: "external-idp",
          issuer: "https://login.example.com",
          clientId: "cowork-desktop",
          bearerTokenType: "id_token",
          scopes: "openid profile offline_access",
          authFlow: "browser",
        },
      },
    ]);
  });

  it("says what Anthropic sees at its worst upstream, and what the zone accepts", async () => {
    const config = shippedConfig("eu-gateway");
    const [route] = config.routes;
    if (route?.provider !== "gateway") throw new Error("no gateway");
    const file = `
stacks: { pilot: pilot }
zones:
  pilot: { label: Pilot, countries: ${JSON.stringify(compliance().zones.eu!.countries)}, accepts: [anthropic-direct] }
`;
    const direct = { name: "spare", provider: "anthropic" as const, models: ["claude-opus-5-5"] };
    const routes = [{ ...route, upstreams: [...route.upstreams, direct] }];

    const { result } = await deploy(() =>
      geographyStack(
        { ...config, geography: "pilot", routes },
        { compliance: compliance(file), stack: "pilot", today },
      ),
    );

    const outputs = await resolved(result.landingZone);
    expect(outputs.zone.accepts).toEqual(["anthropic-direct"]);
    expect(outputs.routes[0]).toMatchObject({ anthropicSees: "content" });
  });
});
