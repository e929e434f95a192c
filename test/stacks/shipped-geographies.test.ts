import { describe, expect, it } from "vitest";

import { resolved } from "../support/deploy.ts";
import { inventoryOf } from "../support/inventory.ts";
import { deployShipped, fileText } from "./shipped.ts";

const shipped = [
  { stack: "eu", region: "eu-central-1" },
  { stack: "us", region: "us-east-1" },
  { stack: "jp", region: "ap-northeast-1" },
];
const everyStack = [...shipped, { stack: "sg" }];

describe("a shipped geography", () => {
  it.each(everyStack)("$stack matches its inventory", async ({ stack }) => {
    const expected: ReturnType<typeof inventoryOf> = JSON.parse(
      fileText(`test/stacks/inventories/${stack}.json`),
    );

    const actual = inventoryOf((await deployShipped(stack)).resources);

    expect(actual.counts).toEqual(expected.counts);
    expect(actual.values).toMatchObject(expected.values);
  });

  it.each(shipped)(
    "$stack places every regional AWS resource in $region",
    async ({ stack, region }) => {
      const { resources } = await deployShipped(stack);
      // These have no region input; their provider's is asserted in the inventory.
      const regionless = /^aws:(iam|rolesanywhere)\//;
      const regional = resources.filter(
        (r) => r.type.startsWith("aws:") && !regionless.test(r.type),
      );

      const outside = regional.filter((r) => r.inputs.region !== region);
      expect(outside.map((r) => `${r.type}::${r.name} in ${String(r.inputs.region)}`)).toEqual([]);
      expect(regional.length).toBeGreaterThan(20);
    },
  );

  it.each([
    { stack: "eu", dataRegion: "europe-west3" },
    { stack: "us", dataRegion: "us-east5" },
    { stack: "sg", dataRegion: "asia-southeast1" },
  ])("$stack places everything at Google that has a place in $dataRegion", async (given) => {
    const { resources } = await deployShipped(given.stack);
    const google = resources.filter(({ type }) => type.startsWith("gcp:"));
    const places = google.flatMap(({ name, type, inputs }) =>
      [inputs.region, inputs.location]
        .filter((place) => place !== undefined && place !== given.dataRegion)
        .map((place) => `${type}::${name} in ${String(place)}`),
    );
    // Identities are the organization's: where people are checked is not where prompts are processed.
    const route = `${given.stack}-${given.stack === "sg" ? "singapore" : "google"}-access`;
    expect(places).toEqual([
      `gcp:iam/workforcePool:WorkforcePool::${route}-pool in global`,
      `gcp:iam/workforcePoolProvider:WorkforcePoolProvider::${route}-provider in global`,
    ]);
    expect(google.length).toBeGreaterThan(15);
  });

  it("us places everything at Azure that has a place in eastus2, and only names in global", async () => {
    const { resources } = await deployShipped("us");
    const azure = resources.filter(({ type }) => type.startsWith("azure-native:"));
    const elsewhere = azure
      .filter(({ inputs }) => ![undefined, "eastus2"].includes(inputs.location as string))
      .map(({ type, name, inputs }) => `${type}::${name} in ${String(inputs.location)}`);
    const zones = ["cognitiveservices", "openai", "services-ai"].map(
      (zone) => `us-azure-path-${zone}`,
    );
    expect(elsewhere.sort()).toEqual(
      ["PrivateZone", "VirtualNetworkLink"].flatMap((type) =>
        [...zones, "us-token-service-store-endpoint"].map(
          (name) => `azure-native:privatedns:${type}::${name} in global`,
        ),
      ),
    );
    expect(azure.length).toBeGreaterThan(45);
  });

  it("exports how laptops reach the us Foundry route: by the helper and the geography's own service", async () => {
    const { landingZone } = (await deployShipped("us")).result;
    const { routes, tokenService } = await resolved(landingZone);
    const url = "https://tokens.us.example.com";
    const tenantId = "9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f";
    expect(routes[2]).toMatchObject({
      signIn: {
        tenantId,
        clientId: "0f1e2d3c-4b5a-4968-8776-655443322110",
        groupId: "6c2a1d3f-8e4b-4f0c-9d7e-3b5a7f9c1d2e",
      },
      desktop: {
        kind: "helper-script",
        helper: {
          provider: "foundry",
          signIn: {
            kind: "oidc",
            issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
            clientId: "0f1e2d3c-4b5a-4968-8776-655443322110",
            // Nothing of Azure's: what may call Claude is the service's to ask for.
            scopes: "openid offline_access",
          },
          exchange: { kind: "token-service", url, present: "id_token" },
        },
      },
      guarantee: "flagged content only",
    });
    expect(tokenService).toEqual({
      url,
      runsIn: {
        cloud: "azure",
        region: "eastus2",
        image: `exampleimages.azurecr.io/cowork/token-service@sha256:${"0123456789abcdef".repeat(4)}`,
        replicas: 2,
        logs: "/subscriptions/0b1f0c2e-7d3a-4e9b-8c6d-2a4f6e8b0c1d/resourceGroups/cowork-example-us-azure/providers/Microsoft.OperationalInsights/workspaces/cowork-example-us-azure",
        target: "10.46.0.62",
      },
      routes: ["azure"],
      longestSessionSeconds: 5400,
      remainingSteps: expect.arrayContaining([
        "Have the company's DNS answer tokens.us.example.com with the service's address.",
      ]),
    });
  });

  it("exports the Identity Center sign-in and resolver addresses of the us route", async () => {
    const { landingZone } = (await deployShipped("us")).result;

    const [route] = (await resolved(landingZone)).routes;
    expect(route).toMatchObject({
      reach: { kind: "resolver", addresses: ["10.41.0.10", "10.41.128.10"] },
      signIn: { kind: "identity-center", permissionSetName: "cowork-example-us-virginia" },
      desktop: {
        kind: "interactive",
        ssoStartUrl: "https://example.awsapps.com/start",
        ssoRegion: "us-east-1",
        ssoAccountId: "444455556666",
        ssoRoleName: "cowork-example-us-virginia",
      },
    });
    expect(route).not.toHaveProperty("baseUrl");
  });

  it("exports the certificate sign-in of the jp route", async () => {
    const [route] = (await resolved((await deployShipped("jp")).result.landingZone)).routes;

    expect(route).toMatchObject({
      reach: { kind: "routed" },
      models: [
        { id: "jp.anthropic.claude-opus-5-5", destinations: ["ap-northeast-1", "ap-northeast-3"] },
        {
          id: "jp.anthropic.claude-sonnet-4-6",
          destinations: ["ap-northeast-1", "ap-northeast-3"],
        },
      ],
      signIn: { kind: "roles-anywhere", maxSessionSeconds: 3600 },
      desktop: { kind: "vendor-profile", awsProfile: "cowork-jp" },
    });
  });
});
