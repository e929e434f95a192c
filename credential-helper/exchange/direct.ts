import type { HelperConfig, HelperExchange } from "../../contract/helper-config.ts";
import { assumeRoleWithWebIdentity } from "../../exchange/aws-web-identity.ts";
import { bedrockKey } from "../../exchange/bedrock-key.ts";
import type { ExchangeContext, ProviderCredential } from "../../exchange/exchange.ts";
import { workforceToken } from "../../exchange/google-workforce.ts";
import { HelperFailure } from "../failure.ts";
import type { IdToken, SignedIn } from "../sign-in/signed-in.ts";

/**
 * The pool's `sessionDuration` decides, from 15 minutes to 12 hours
 * (https://cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools, 2026-11).
 */
const longestWorkforceSessionSeconds = 43_200;

export type DirectExchange = Exclude<HelperExchange, { kind: "token-service" }>;

/**
 * Exchanges the sign-in without a token service, straight at the provider.
 *
 * @throws ExchangeError as the provider's exchange does; HelperFailure when the sign-in lacks what it takes.
 */
export async function exchangeDirectly(
  exchange: DirectExchange,
  signedIn: SignedIn,
  context: ExchangeContext,
): Promise<ProviderCredential> {
  switch (exchange.kind) {
    case "bedrock": {
      const { text, subject } = idTokenOf(signedIn);
      const { partition, region, roleArn, stsUrl, sessionSeconds } = exchange;
      const session = await assumeRoleWithWebIdentity(
        { partition, region, roleArn, stsUrl, sessionSeconds, token: text, sessionOf: subject },
        context,
      );
      return bedrockKey({ session, region, lifeSeconds: sessionSeconds }, context);
    }
    case "vertex-workforce":
      return workforceToken(
        {
          audience: exchange.audience,
          userProject: exchange.userProject,
          stsUrl: exchange.stsUrl,
          token: idTokenOf(signedIn).text,
          sessionSeconds: longestWorkforceSessionSeconds,
        },
        context,
      );
    case "entra":
      return entraToken(exchange.scope, signedIn);
    case "sign-in-token":
      return exchange.tokenType === "id_token"
        ? gatewayToken(idTokenOf(signedIn).text, idTokenOf(signedIn).expiresAtEpochSeconds)
        : gatewayToken(signedIn.accessToken, endOf(signedIn));
    default:
      return exchange satisfies never;
  }
}

/** Which token of the sign-in an exchange hands on, and so whether a renewal without an ID token will do. */
export function needsIdToken(exchange: HelperConfig["exchange"]): boolean {
  switch (exchange.kind) {
    case "token-service":
      return exchange.present === "id_token";
    case "sign-in-token":
      return exchange.tokenType === "id_token";
    case "entra":
      return false;
    case "bedrock":
    case "vertex-workforce":
      return true;
    default:
      return exchange satisfies never;
  }
}

export function idTokenOf({ idToken }: SignedIn): IdToken {
  if (idToken === undefined)
    throw new HelperFailure("signInFailed", "the sign-in gave no ID token");
  return idToken;
}

function endOf({ accessTokenExpiresAtEpochSeconds: end }: SignedIn): number {
  if (end !== undefined) return end;
  throw new HelperFailure(
    "wrongCredential",
    "the issuer does not say how long its access token lives (expires_in), so nobody knows when to renew it",
  );
}

const gatewayToken = (token: string, expiresAtEpochSeconds: number): ProviderCredential => ({
  token,
  kind: "gateway-jwt",
  expiresAtEpochSeconds,
});

/** The token is Azure's to read, not ours; what was granted says whom it is for. */
function entraToken(scope: string, signedIn: SignedIn): ProviderCredential {
  const granted = signedIn.grantedScopes ?? [scope];
  // `<resource>/.default` is answered with the permissions themselves, `<resource>/user_impersonation`.
  const resource = scope.endsWith("/.default") ? scope.slice(0, -".default".length) : undefined;
  const fits = granted.some(
    (one) => one === scope || (resource !== undefined && one.startsWith(resource)),
  );
  if (!fits) {
    throw new HelperFailure(
      "wrongCredential",
      `Entra did not grant ${scope}: add the API permission to the app registration and consent to it`,
    );
  }
  return {
    token: signedIn.accessToken,
    kind: "entra-access-token",
    expiresAtEpochSeconds: endOf(signedIn),
  };
}
