import type { GatewayDesktop, GatewayRouteOutputs } from "../contract/gateway-route.ts";
import { helperScriptSettings } from "./helper-script.ts";
import { isNewer } from "./minimum-version.ts";
import { guaranteeBanner } from "./outside-guarantee.ts";
import type { Platform } from "./platform.ts";
import { byCodePoint, type SettingValue } from "./setting-value.ts";

type SignIn = Extract<GatewayDesktop, { kind: "external-idp" }>;

/**
 * First release that reads `external-idp`; it reads the older spelling as well, without an end date
 * (https://claude.com/docs/third-party/claude-desktop/configuration-changelog, 2026-10-01).
 */
const EXTERNAL_IDP_SINCE = "2.7032.0";

/** What the desktop is told about a gateway route: where, which models, which credential. */
export function gatewaySettings(
  route: GatewayRouteOutputs,
  platform: Platform,
): [string, SettingValue][] {
  const { desktop } = route;
  return [
    ...connection(route),
    ...guaranteeBanner(route),
    ...(desktop.kind === "external-idp"
      ? signIn(desktop)
      : [
          ["inferenceCredentialKind", desktop.kind] satisfies [string, SettingValue],
          ...helperScriptSettings(desktop, platform),
        ]),
  ];
}

function connection(route: GatewayRouteOutputs): [string, SettingValue][] {
  const { customHeaders = {} } = route;
  const entries: [string, SettingValue][] = [
    ["inferenceProvider", "gateway"],
    ["inferenceGatewayBaseUrl", route.baseUrl],
    ["inferenceGatewayAuthScheme", route.authScheme],
    ["inferenceModels", route.models.map(({ id, label }) => ({ name: id, labelOverride: label }))],
  ];
  if (Object.keys(customHeaders).length > 0) {
    const sorted = Object.entries(customHeaders).sort(([a], [b]) => byCodePoint(a, b));
    entries.push(["inferenceCustomHeaders", Object.fromEntries(sorted)]);
  }
  return entries;
}

/** Two spellings of one sign-in; only a fleet known to be new enough gets today's. */
function signIn(desktop: SignIn): [string, SettingValue][] {
  const { authFlow, minimumAppVersion } = desktop;
  const isNew = minimumAppVersion !== undefined && !isNewer(EXTERNAL_IDP_SINCE, minimumAppVersion);
  return isNew
    ? [
        ["inferenceCredentialKind", "external-idp"],
        ["inferenceIdpAuthFlow", authFlow],
        ["inferenceIdpOidc", oidc(desktop)],
      ]
    : [
        ["inferenceCredentialKind", "interactive"],
        ["inferenceGatewayOidcAuthFlow", authFlow],
        ["inferenceGatewayOidc", oidc(desktop)],
      ];
}

/** The token's type is written even where it equals the default: the gateway checks its audience. */
function oidc({ clientId, issuer, bearerTokenType, redirectPort, scopes }: SignIn): SettingValue {
  return {
    bearerTokenType,
    clientId,
    issuer,
    ...(redirectPort === undefined ? {} : { redirectPort }),
    ...(scopes === undefined ? {} : { scopes }),
  };
}
