import { describe, expect, it } from "vitest";

import { FoundryResource } from "../../../components/azure/foundry-resource.ts";
import type { FoundryRouteSettings } from "../../../components/azure/foundry-route.ts";
import { foundryRoute } from "../../../contract/foundry-route.ts";
import { recordDependencies } from "../../support/dependencies.ts";
import { type DeployOptions, deploy, refusal, resolved } from "../../support/deploy.ts";
import {
  args,
  asked,
  clientId,
  eu,
  group,
  groupId,
  inputsOf,
  route,
  subscriptionId,
  tenantId,
} from "./support.ts";

/** What Entra would choose or know. */
const entraAnswers: DeployOptions = {
  calls: {
    "azuread:index/getServicePrincipal:getServicePrincipal": ({ clientId: of }) => ({
      id: of,
      clientId: of,
      objectId: "7d312290-0000-4000-8000-000000000001",
    }),
  },
  outputs: {
    "azuread:index/applicationRegistration:ApplicationRegistration": () => ({ clientId }),
    "azuread:index/servicePrincipal:ServicePrincipal": () => ({
      objectId: "7d312290-0000-4000-8000-000000000002",
    }),
  },
};

const run = (change: Partial<FoundryRouteSettings>, zone = args.zone) =>
  deploy(() => {
    const waits = recordDependencies();
    const made = new FoundryResource("r", { ...args, zone, route: { ...route, ...change } });
    return { waits, made };
  }, entraAnswers);

async function built(change: Partial<FoundryRouteSettings> = {}) {
  const { result, resources } = await run(change);
  return { waits: result.waits, resources, outputs: await resolved(result.made.route) };
}

const everything: Partial<FoundryRouteSettings> = {
  resourceName: "example-claude",
  models: [
    { model: "claude-sonnet-5-5", version: "2", sku: "DataZoneStandard", capacity: 25 },
    {
      name: "claude-deep",
      model: "claude-opus-5-5",
      version: "2",
      sku: "DataZoneStandard",
      capacity: 10,
    },
  ],
  access: { groupId, role: "cognitive-services-user" },
  application: {
    kind: "create",
    adminConsent: { acceptedBy: "identity@example.com", acceptedOn: "2026-11-20" },
  },
  desktop: { kind: "interactive", authFlow: "broker" },
  logs: { retentionDays: 400, sentinel: true },
  deployer: {
    issuer: "https://token.actions.githubusercontent.com",
    subject: "repo:example@12345/landing-zone@678:ref:refs/heads/main",
  },
  azurePolicy: { scope: "resource-group", effect: "deny" },
};

describe("the least Foundry route", () => {
  it("makes key, account, logs, private access, role and deployments, and no other thing", async () => {
    const { resources } = await built();
    expect(asked(resources)).toEqual([
      "Account::r-account",
      "DeploymentStackAtResourceGroup::r-claude",
      "DiagnosticSetting::r-logs-account",
      "DiagnosticSetting::r-logs-vault",
      "Key::r-key-key",
      "NetworkSecurityGroup::r-path-network-guard",
      "PrivateDnsZoneGroup::r-path-zones",
      "PrivateEndpoint::r-path-endpoint",
      "PrivateZone::r-path-cognitiveservices",
      "PrivateZone::r-path-openai",
      "PrivateZone::r-path-services-ai",
      "ResourceGroup::r-group",
      "RoleAssignment::r-caller-grant",
      "RoleAssignment::r-key-grant",
      "RoleDefinition::r-caller-role",
      "UserAssignedIdentity::r-key-identity",
      "Vault::r-key-vault",
      "VirtualNetwork::r-path-network",
      "VirtualNetworkLink::r-path-cognitiveservices",
      "VirtualNetworkLink::r-path-openai",
      "VirtualNetworkLink::r-path-services-ai",
      "Workspace::r-logs",
    ]);
  });

  it("describes itself as the contract asks", async () => {
    const { outputs } = await built();
    const network = `${group}/providers/Microsoft.Network/virtualNetworks/cowork-example-us-foundry`;
    expect(foundryRoute.parse(outputs)).toEqual({
      name: "foundry",
      provider: "foundry",
      subscriptionId,
      resourceName: "cowork-example-us-foundry-7a1fe41d",
      region: "eastus2",
      models: [
        {
          id: "claude-sonnet-5-5",
          model: "claude-sonnet-5-5",
          version: "2",
          sku: "DataZoneStandard",
          label: "Claude Sonnet 5.5",
          processedIn: "US",
        },
      ],
      signIn: { tenantId, clientId, groupId, role: "Claude caller example-us-foundry" },
      desktop: { kind: "interactive", authFlow: "browser" },
      logs: {
        workspaceId: `${group}/providers/Microsoft.OperationalInsights/workspaces/cowork-example-us-foundry`,
        retentionDays: 365,
      },
      customerManagedKey: {
        covers: ["What the Foundry resource itself stores, at rest in its region."],
        doesNotCover: [
          "Claude's inference: prompts and answers are processed in memory, and no key of yours is involved.",
          "The prompt cache: no source says under which key it is held.",
          "Content that automatic safeguards flag: Anthropic may keep it under its own terms and keys.",
          "Diagnostics in the Log Analytics workspace: they rest under Microsoft's keys, since a key of your own needs a dedicated cluster.",
        ],
      },
      remainingSteps: [
        "See that the subscription has quota, in thousands of tokens a minute: 25 for claude-sonnet-5-5 2 (DataZoneStandard); a deleted account holds its quota for 48 hours (docs/foundry.md).",
        "See that the subscription may buy Anthropic's offers on Azure Marketplace for Example Corporation and that Microsoft.SaaS is registered (docs/foundry.md).",
        'Call each deployment once and read usage.inference_geo: "not_available" means Anthropic hosts it, whatever the version says (docs/foundry.md).',
        `Connect ${network} to the network that laptops arrive from, by peering, VPN or ExpressRoute (docs/foundry.md).`,
        `Let the company's DNS forward cognitiveservices.azure.com, openai.azure.com, services.ai.azure.com to a resolver inside ${network}, and see that cowork-example-us-foundry-7a1fe41d.services.ai.azure.com answers a private address (docs/foundry.md).`,
        "As a member of the group, send one message and count its tokens; if Azure still answers 401 after ten minutes, set access.role to cognitive-services-user (docs/foundry.md).",
        `See that the application ${clientId} is a public client of tenant ${tenantId} with the redirect URIs of its sign-in and, unless a token service gives the tokens, user_impersonation consented (docs/foundry-sign-in.md).`,
      ],
      guarantee: "flagged content only",
    });
  });

  it("places everything that has a place in its region, and only DNS names in global", async () => {
    const { resources } = await built(everything);
    const places = resources
      .filter(({ type }) => type.startsWith("azure-native:"))
      .flatMap(({ type, inputs }) =>
        inputs.location === undefined ? [] : [`${type.split(":").at(-1)} ${inputs.location}`],
      );
    expect(new Set(places)).toEqual(
      new Set([
        "ResourceGroup eastus2",
        "UserAssignedIdentity eastus2",
        "Vault eastus2",
        "Account eastus2",
        "Workspace eastus2",
        "NetworkSecurityGroup eastus2",
        "VirtualNetwork eastus2",
        "PrivateEndpoint eastus2",
        "PrivateZone global",
        "VirtualNetworkLink global",
      ]),
    );
  });

  it("watches the account and its vault", async () => {
    const { resources } = await built();
    const watched = resources
      .filter(({ type }) => type.endsWith(":DiagnosticSetting"))
      .map(({ inputs }) => [inputs.resourceUri, inputs.logs]);
    const on = (category: string) => ({ category, enabled: true });
    const account = "Microsoft.CognitiveServices/accounts/cowork-example-us-foundry-7a1fe41d";
    expect(watched).toEqual([
      [`${group}/providers/${account}`, [on("Audit"), on("RequestResponse")]],
      [`${group}/providers/Microsoft.KeyVault/vaults/cowork-7a1fe41da551`, [on("AuditEvent")]],
    ]);
  });

  it("binds its provider to the subscription and tenant, and to no location that could be filled in", async () => {
    const { resources } = await built();
    const provider = resources.find(({ type }) => type === "pulumi:providers:azure-native");
    expect(provider?.inputs).toEqual({ subscriptionId, tenantId, environment: "public" });
  });
});

describe("a Foundry route with everything", () => {
  it("adds the application, Sentinel, CI's federation and Azure Policy", async () => {
    const least = asked((await built()).resources);
    const more = asked((await built(everything)).resources).filter((one) => !least.includes(one));
    expect(more).toEqual(
      expect.arrayContaining([
        "ApplicationRegistration::r-application-registration",
        "FederatedIdentityCredential::r-deployer-federation",
        "PolicyAssignment::r-policy-assignment",
        "SentinelOnboardingState::r-logs-sentinel",
      ]),
    );
  });

  it("exports deployments by the names requests use, and the id of the application it makes", async () => {
    const { outputs } = await built(everything);
    const { models, signIn, resourceName, desktop } = foundryRoute.parse(outputs);
    expect(models.map(({ id, label }) => [id, label])).toEqual([
      ["claude-sonnet-5-5", "Claude Sonnet 5.5"],
      ["claude-deep", "Claude Opus 5.5"],
    ]);
    expect(signIn).toEqual({ tenantId, clientId, groupId, role: "Cognitive Services User" });
    expect(resourceName).toBe("example-claude");
    expect(desktop).toEqual({ kind: "interactive", authFlow: "broker" });
  });

  it("lets nobody but the one group sign in", async () => {
    const { resources } = await built(everything);
    expect(inputsOf(resources, "ServicePrincipal")).toMatchObject({
      appRoleAssignmentRequired: true,
    });
    expect(inputsOf(resources, "AppRoleAssignment")).toMatchObject({ principalObjectId: groupId });
  });

  it("holds no secret and no key of an account anywhere", async () => {
    const { resources, outputs } = await built(everything);
    expect(JSON.stringify([resources, outputs])).not.toMatch(/password|clientSecret|apiKey|key1/i);
  });

  it("waits where Azure would refuse, or calls go unlogged, if it came first", async () => {
    const { waits } = await built(everything);
    const expectOrder = (later: string, ...earlier: string[]) =>
      expect(waits(later)).toEqual(expect.arrayContaining(earlier));

    // Azure tries the key when it makes the account.
    expectOrder("Account::r-account", "RoleAssignment::r-key-grant", "Key::r-key-key");
    expectOrder("PrivateEndpoint::r-path-endpoint", "Account::r-account");
    expectOrder(
      "DeploymentStackAtResourceGroup::r-claude",
      "Account::r-account",
      "DiagnosticSetting::r-logs-account",
      "PrivateEndpoint::r-path-endpoint",
      "PrivateDnsZoneGroup::r-path-zones",
    );
    expectOrder(
      "PrivateDnsZoneGroup::r-path-zones",
      "VirtualNetworkLink::r-path-services-ai",
      "VirtualNetworkLink::r-path-openai",
      "VirtualNetworkLink::r-path-cognitiveservices",
    );
  });
});

describe("FoundryResource", () => {
  it("refuses a bad route with every problem, before anything is created", async () => {
    const bad = {
      region: "swedencentral",
      attestation: { ...route.attestation, organizationName: " " },
      access: { groupId: "Claude users", role: "claude-caller" },
      logs: { retentionDays: 7, sentinel: false },
    } as const;
    expect(await refusal(run(bad, eu))).toBe(
      [
        "r: invalid arguments",
        "  models.0: outside: Claude's only data zone is US, outside zone eu; use provider bedrock: eu.anthropic.claude-opus-5-5 from eu-central-1",
        "  attestation.organizationName: empty; name the legal entity that becomes Anthropic's customer",
        '  access.groupId: "Claude users" is no object id; give the Entra group\'s object id, a GUID',
        "  logs.retentionDays: 7 days; need a whole number from 30 to 730",
      ].join("\n"),
    );
  });
});
