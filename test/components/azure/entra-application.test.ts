import { describe, expect, it } from "vitest";

import {
  DesktopApplication,
  type DesktopApplicationArgs,
} from "../../../components/azure/entra-application.ts";
import { deploy, refusal, resolved } from "../../support/deploy.ts";
import { only } from "../../support/inventory.ts";

const clientId = "33333333-3333-4333-8333-333333333333";
const args: DesktopApplicationArgs = {
  displayName: "Claude Desktop (us, virginia)",
  tenantId: "11111111-1111-4111-8111-111111111111",
  authFlow: "browser",
  groupObjectId: "22222222-2222-4222-8222-222222222222",
  today: "2026-11-21",
};
const adminConsent = { acceptedBy: "jo@example.com", acceptedOn: "2026-11-20" };

const build = (changes: Partial<DesktopApplicationArgs> = {}) =>
  deploy(() => new DesktopApplication("a", { ...args, ...changes }), {
    outputs: {
      "azuread:index/applicationRegistration:ApplicationRegistration": () => ({ clientId }),
      "azuread:index/servicePrincipal:ServicePrincipal": () => ({ objectId: "principal-object" }),
    },
    calls: {
      "azuread:index/getServicePrincipal:getServicePrincipal": ({ clientId: asked }) => ({
        objectId: `object-of-${String(asked)}`,
      }),
    },
  });
const inputs = async (type: string, changes: Partial<DesktopApplicationArgs> = {}) =>
  (await build(changes)).resources.filter((one) => one.type === type).map((one) => one.inputs);

const redirects = "azuread:index/applicationRedirectUris:ApplicationRedirectUris";
const fallback = "azuread:index/applicationFallbackPublicClient:ApplicationFallbackPublicClient";
const assignment = "azuread:index/appRoleAssignment:AppRoleAssignment";
const grant =
  "azuread:index/servicePrincipalDelegatedPermissionGrant:ServicePrincipalDelegatedPermissionGrant";

describe("DesktopApplication", () => {
  it("has these resources and no others: no password, no certificate, no secret", async () => {
    const { resources } = await build({ authFlow: "broker", adminConsent });
    expect(resources.map(({ type }) => type)).toEqual([
      "azuread:index/applicationApiAccess:ApplicationApiAccess",
      fallback,
      redirects,
      "azuread:index/applicationRegistration:ApplicationRegistration",
      assignment,
      "azuread:index/servicePrincipal:ServicePrincipal",
      grant,
      "cowork:azure:DesktopApplication",
      "pulumi:providers:azuread",
    ]);
  });

  it("is of one tenant, through a provider of that tenant", async () => {
    const { resources } = await build();
    expect(only(resources, "pulumi:providers:azuread")).toMatchObject({
      tenantId: "11111111-1111-4111-8111-111111111111",
    });
    expect(
      only(resources, "azuread:index/applicationRegistration:ApplicationRegistration"),
    ).toEqual({
      displayName: "Claude Desktop (us, virginia)",
      description: "Signs people in to Claude Desktop. Public client: has no secret.",
      signInAudience: "AzureADMyOrg",
      implicitAccessTokenIssuanceEnabled: false,
      implicitIdTokenIssuanceEnabled: false,
    });
  });

  it.each([
    { authFlow: "browser", uris: ["http://127.0.0.1/callback"], publicClientFlows: false },
    { authFlow: "device-code", uris: ["http://127.0.0.1/callback"], publicClientFlows: true },
    {
      authFlow: "broker",
      uris: [
        "http://127.0.0.1/callback",
        "ms-appx-web://Microsoft.AAD.BrokerPlugin/33333333-3333-4333-8333-333333333333",
        "msauth.com.anthropic.claudefordesktop://auth",
      ],
      publicClientFlows: true,
    },
  ] as const)("with $authFlow registers what it needs as a public client", async (row) => {
    const { authFlow, uris, publicClientFlows } = row;
    expect(await inputs(redirects, { authFlow })).toEqual([
      { applicationId: "a-registration-id", type: "PublicClient", redirectUris: uris },
    ]);
    expect(await inputs(fallback, { authFlow })).toEqual(
      publicClientFlows ? [{ applicationId: "a-registration-id", enabled: true }] : [],
    );
  });

  it("asks for user_impersonation of Azure Cognitive Services alone", async () => {
    expect(await inputs("azuread:index/applicationApiAccess:ApplicationApiAccess")).toEqual([
      {
        applicationId: "a-registration-id",
        apiClientId: "7d312290-28c8-473c-a0ed-8e53749b6d6d",
        scopeIds: ["5f1e8914-a52b-429f-9324-91b92b81adaf"],
      },
    ]);
  });

  it("lets one group sign in and nobody else", async () => {
    const { resources } = await build();
    expect(only(resources, "azuread:index/servicePrincipal:ServicePrincipal")).toEqual({
      clientId,
      appRoleAssignmentRequired: true,
    });
    expect(only(resources, assignment)).toEqual({
      appRoleId: "00000000-0000-0000-0000-000000000000",
      principalObjectId: "22222222-2222-4222-8222-222222222222",
      resourceObjectId: "principal-object",
    });
  });

  it("without a group lets everybody of the tenant sign in, and says so", async () => {
    const { result, resources } = await build({ groupObjectId: undefined });
    expect(only(resources, "azuread:index/servicePrincipal:ServicePrincipal")).toMatchObject({
      appRoleAssignmentRequired: false,
    });
    expect(resources.filter(({ type }) => type === assignment)).toEqual([]);
    expect(result.remainingSteps).toContain(
      'Decide who may sign in: everybody of the tenant gets a token for "Claude Desktop (us, virginia)", and only roles on the resource keep them out (docs/foundry-sign-in.md).',
    );
  });

  it("gives no admin consent of its own accord: it is a step for people", async () => {
    const { result } = await build();
    expect(await inputs(grant)).toEqual([]);
    expect(result.remainingSteps).toEqual([
      'Give tenant-wide admin consent for user_impersonation of Azure Cognitive Services to "Claude Desktop (us, virginia)"; until then sign-in ends with AADSTS65001 (docs/foundry-sign-in.md).',
    ]);
  });

  it("gives admin consent for the whole tenant when somebody signs for it", async () => {
    const { result } = await build({ adminConsent });
    // No user: that is what makes the grant the tenant's. The API's own principal is looked up, never made.
    expect(await inputs(grant, { adminConsent })).toEqual([
      {
        servicePrincipalObjectId: "principal-object",
        resourceServicePrincipalObjectId: "object-of-7d312290-28c8-473c-a0ed-8e53749b6d6d",
        claimValues: ["user_impersonation"],
      },
    ]);
    expect(result.remainingSteps).toEqual([]);
  });

  it("names what brokers and device codes ask of laptops and of Conditional Access", async () => {
    const steps = async (authFlow: DesktopApplicationArgs["authFlow"]) =>
      (await build({ authFlow, adminConsent })).result.remainingSteps;
    expect(await steps("broker")).toEqual([
      "Have Windows laptops joined or registered with Entra ID, and Macs enrolled with Company Portal and the Enterprise SSO profile; Linux has no broker (docs/foundry-sign-in.md).",
    ]);
    expect(await steps("device-code")).toEqual([
      "Check that Conditional Access allows the device code flow: a policy that blocks it, or asks for a managed device, stops this sign-in (docs/foundry-sign-in.md).",
    ]);
  });

  it("hands on what profiles carry", async () => {
    const { result } = await build();
    expect(await resolved(result.clientId)).toBe("33333333-3333-4333-8333-333333333333");
    expect(result.tenantId).toBe("11111111-1111-4111-8111-111111111111");
  });

  it("refuses bad arguments all at once and creates nothing", async () => {
    const bad = build({
      displayName: " ",
      tenantId: "common",
      groupObjectId: "All Employees",
      adminConsent: { acceptedBy: "", acceptedOn: "2026-11-22" },
    });
    expect(await refusal(bad)).toBe(
      [
        "a: invalid arguments",
        "  displayName: empty; people see it when they sign in",
        '  tenantId: "common" is not the tenant\'s id: a UUID, and not all zeros',
        '  groupObjectId: "All Employees" is not the group\'s object id: a UUID, and not all zeros',
        "  adminConsent.acceptedBy: empty; name who accepted the terms",
        "  adminConsent.acceptedOn: 2026-11-22 is later than today, 2026-11-21",
      ].join("\n"),
    );
  });

  it.each([
    {
      what: "a tenant of zeros",
      changes: { tenantId: "00000000-0000-0000-0000-000000000000" },
      message:
        'tenantId: "00000000-0000-0000-0000-000000000000" is not the tenant\'s id: a UUID, and not all zeros',
    },
    {
      what: "a name nobody can read whole",
      changes: { displayName: "x".repeat(121) },
      message: "displayName: has 121 characters; at most 120",
    },
  ])("refuses $what", async ({ changes, message }) => {
    expect(await refusal(build(changes))).toBe(`a: invalid arguments\n  ${message}`);
  });
});
