import type { Problem } from "../shared/input-check.ts";
import { checkLegalOptIn, type LegalOptIn } from "../shared/legal-opt-in.ts";

/** How Claude Desktop signs people in at Entra ID. */
export type DesktopAuthFlow = "device-code" | "browser" | "broker";

/**
 * Microsoft's own application behind a Foundry resource, the same in every tenant, and its one delegated scope.
 * https://claude.com/docs/third-party/claude-desktop/foundry (2026-07)
 */
export const cognitiveServices = {
  clientId: "7d312290-28c8-473c-a0ed-8e53749b6d6d",
  scopeId: "5f1e8914-a52b-429f-9324-91b92b81adaf",
  scope: "user_impersonation",
} as const;

/**
 * Redirect URIs of the "mobile and desktop applications" platform, sorted. `localhost` and the web platform
 * fail late (AADSTS50011, AADSTS7000218), so neither is ever written. Brokers get theirs only when they sign in.
 *
 * @see https://claude.com/docs/third-party/claude-desktop/entra-broker (2026-08)
 */
export function redirectUris(authFlow: DesktopAuthFlow, clientId: string): readonly string[] {
  const loopback = "http://127.0.0.1/callback";
  if (authFlow !== "broker") return [loopback];
  return [
    loopback,
    `ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientId}`,
    "msauth.com.anthropic.claudefordesktop://auth",
  ];
}

/** Sign-in without a redirect back to the application: Entra refuses it unless public client flows are on. */
export function needsPublicClientFlows(authFlow: DesktopAuthFlow): boolean {
  return authFlow === "device-code" || authFlow === "broker";
}

interface Question {
  readonly displayName: string;
  readonly tenantId: string;
  readonly authFlow: DesktopAuthFlow;
  readonly groupObjectId?: string | undefined;
  readonly adminConsent?: LegalOptIn | undefined;
  readonly today: string;
}

/** Everything wrong with the application's arguments. Pure. */
export function checkDesktopApplication(args: Question): Problem[] {
  const { displayName, tenantId, groupObjectId, adminConsent, today } = args;
  return [
    ...displayNameProblems(displayName),
    ...idProblems("tenantId", tenantId, "the tenant's id"),
    ...(groupObjectId === undefined
      ? []
      : idProblems("groupObjectId", groupObjectId, "the group's object id")),
    ...(adminConsent === undefined ? [] : checkLegalOptIn("adminConsent", adminConsent, today)),
  ];
}

/** Shorter than Entra's own limit, so that it can be read whole where people sign in. */
const maxDisplayName = 120;

function displayNameProblems(displayName: string): Problem[] {
  const path = "displayName";
  if (displayName.trim() === "")
    return [{ path, reason: "empty; people see it when they sign in" }];
  if (displayName.length > maxDisplayName) {
    return [{ path, reason: `has ${displayName.length} characters; at most ${maxDisplayName}` }];
  }
  return [];
}

/** Names can change hands, and `common` or `organizations` would open the sign-in to other tenants. */
function idProblems(path: string, value: string, meaning: string): Problem[] {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  if (uuid.test(value) && !/^[0-]+$/.test(value)) return [];
  return [{ path, reason: `"${value}" is not ${meaning}: a UUID, and not all zeros` }];
}

/** What is left to people, a sentence each. Pure. */
export function desktopApplicationSteps(args: Question): readonly string[] {
  const { displayName, authFlow, groupObjectId, adminConsent } = args;
  return [
    ...(adminConsent === undefined
      ? [
          `Give tenant-wide admin consent for user_impersonation of Azure Cognitive Services to "${displayName}"; until then sign-in ends with AADSTS65001 (docs/foundry-sign-in.md).`,
        ]
      : []),
    ...(groupObjectId === undefined
      ? [
          `Decide who may sign in: everybody of the tenant gets a token for "${displayName}", and only roles on the resource keep them out (docs/foundry-sign-in.md).`,
        ]
      : []),
    ...(authFlow === "broker"
      ? [
          "Have Windows laptops joined or registered with Entra ID, and Macs enrolled with Company Portal and the Enterprise SSO profile; Linux has no broker (docs/foundry-sign-in.md).",
        ]
      : []),
    ...(authFlow === "device-code"
      ? [
          "Check that Conditional Access allows the device code flow: a policy that blocks it, or asks for a managed device, stops this sign-in (docs/foundry-sign-in.md).",
        ]
      : []),
  ];
}
