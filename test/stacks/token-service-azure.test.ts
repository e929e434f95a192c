import { describe, expect, it } from "vitest";
import { foundryRouteSchema } from "../../stacks/foundry-route-schema.ts";
import { geographyStack } from "../../stacks/geography.ts";
import { azureServiceArgs, azureServiceProblems } from "../../stacks/token-service-azure.ts";
import { tokenServiceAzure } from "../../stacks/token-service-azure-schema.ts";
import { type ServiceParts, serviceParts } from "../../stacks/token-service-parts.ts";
import { tokenServiceSchema } from "../../stacks/token-service-schema.ts";
import { route, subscriptionId, us } from "../components/azure/support.ts";
import { deploy } from "../support/deploy.ts";
import { cloudAnswers, compliance, shippedConfig, today } from "./shipped.ts";

const platform = "/subscriptions/s/resourceGroups/platform/providers";
const azure = {
  certificateId: `${platform}/Microsoft.KeyVault/vaults/example-edge/secrets/tokens`,
  registryId: `${platform}/Microsoft.ContainerRegistry/registries/exampleimages`,
  network: { kind: "create", cidr: "10.60.0.0/24" },
};
const block = {
  kind: "create",
  runsOn: "foundry",
  host: "tokens.us.example.com",
  image: `exampleimages.azurecr.io/tokens@sha256:${"ab".repeat(32)}`,
  clientCidrs: ["10.12.0.0/14"],
  egressCidrs: ["198.51.100.0/24"],
  foundry: { kind: "federated", clientId: "0f1e2d3c-4b5a-4968-8776-655443322110" },
  trustPolicy: {
    trustPolicyVersion: 1,
    issuers: [
      {
        name: "company",
        issuer: "https://login.example.com",
        audiences: ["cowork-desktop"],
        algorithms: ["RS256"],
      },
    ],
    policies: [
      {
        name: "everybody",
        from: "company",
        claims: { groups: "cowork-us" },
        geography: "us",
        routes: ["foundry"],
        sessionSeconds: 3600,
      },
    ],
  },
};
const deployerId = "us-azure-deployer-identity-object-id";
const runsOn = foundryRouteSchema.parse({ ...route, provider: "foundry" });
const facts = { zone: us, geography: "us", organization: "example", today: "2026-11-21" };

function partsOf(
  change: Readonly<Record<string, unknown>> = {},
  azureChange: Readonly<Record<string, unknown>> = {},
): ServiceParts {
  const settings = tokenServiceSchema.parse({ ...block, ...change });
  if (settings.kind !== "create") throw new Error("the tests create one");
  const parts = serviceParts(facts, settings, [runsOn]);
  const own = tokenServiceAzure.parse({ ...azure, ...azureChange });
  return { ...parts, settings: { ...settings, azure: own } };
}

const said = (parts: ServiceParts, on = runsOn) =>
  azureServiceProblems(parts, on).map(({ path, reason }) => `${path}: ${reason}`);

describe("a token service that runs on a Foundry route", () => {
  it("is where the route is, and its record rests in the route's workspace", () => {
    expect(azureServiceArgs(partsOf(), runsOn)).toMatchObject({
      subscriptionId,
      tenantId: "9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f",
      region: "eastus2",
      host: "tokens.us.example.com",
      signs: false,
      workspace: {
        id: `/subscriptions/${subscriptionId}/resourceGroups/cowork-example-us-foundry/providers/Microsoft.OperationalInsights/workspaces/cowork-example-us-foundry`,
        retentionDays: 365,
      },
    });
    expect(said(partsOf())).toEqual([]);
  });

  it("is refused at the place of the file where the fault stands", () => {
    const parts = partsOf(
      { retentionDays: 90, image: `others.azurecr.io/tokens@sha256:${"ab".repeat(32)}` },
      { maxReplicas: 2, network: { kind: "create", cidr: "10.60.0.0/28" } },
    );
    expect(said(parts, { ...runsOn, region: "westeurope" })).toEqual([
      'tokenService.runsOn: region of "foundry": outside: westeurope is in NL, outside zone us',
      "tokenService.retentionDays: 90 days, but the workspace of the route keeps 365; write the same in both places",
      `tokenService.image: "others.azurecr.io/tokens@sha256:${"ab".repeat(32)}" is not in exampleimages.azurecr.io; copy it there and write exampleimages.azurecr.io/<repository>@sha256:<digest>`,
      'tokenService.azure.network.cidr: "10.60.0.0/28"; need a block of /16 to /26, cut into two subnets',
    ]);
  });

  it("is trusted by an application of its own tenant only, and for a Foundry route", () => {
    const trusting = { callerApplicationObjectId: "1e2d3c4b-5a69-4788-8655-443322110011" };
    const parts = partsOf({}, trusting);
    const path = "tokenService.azure.callerApplicationObjectId";
    expect(said(parts)).toEqual([]);
    const tenantId = "11111111-2222-4333-8444-555555555555";
    expect(said(parts, { ...runsOn, tenantId })).toEqual([
      `${path}: "foundry" is in tenant 9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f, the service's identity in ${tenantId}; an application trusts identities of its own tenant only`,
    ]);
    expect(said({ ...parts, served: [] })).toEqual([
      `${path}: is given, but no policy names a Foundry route; remove it`,
    ]);
  });

  it("gives the identity that deploys its route a role in the service's own group", async () => {
    const shipped = shippedConfig("us");
    const deployer = {
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:example@12345/landing-zone@678:environment:us",
    };
    const config = {
      ...shipped,
      routes: shipped.routes.map((one) =>
        one.provider === "foundry" ? { ...one, deployer } : one,
      ),
    };
    const { resources } = await deploy(
      () => geographyStack(config, { compliance: compliance(), stack: "us", today }),
      cloudAnswers,
    );
    const grants = resources.filter(({ name }) => name.endsWith("-deployer-grant"));
    expect(grants.map(({ inputs }) => [inputs.scope, inputs.principalId]).sort()).toEqual([
      [`/subscriptions/${subscriptionId}/resourceGroups/cowork-example-us-azure`, deployerId],
      [
        `/subscriptions/${subscriptionId}/resourceGroups/cowork-token-service-example-us`,
        deployerId,
      ],
    ]);
  });

  it("does not run without its part", () => {
    const { settings, ...parts } = partsOf();
    const without = { ...parts, settings: { ...settings, azure: undefined } };
    expect(() => azureServiceArgs(without, runsOn)).toThrow(
      "the rules let a token service pass without its part",
    );
  });
});
