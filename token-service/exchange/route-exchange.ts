import type { ServedRoute } from "../../contract/token-service-config.ts";
import { type OwnAwsIdentity, usualAwsIdentity } from "../../exchange/aws-own-identity.ts";
import { stsEndpoint } from "../../exchange/aws-place.ts";
import {
  type ManagedIdentityEnvironment,
  managedIdentityToken,
  tokenExchangeAudience,
} from "../../exchange/azure-managed-identity.ts";
import { type CircuitOptions, circuits } from "../../exchange/circuit.ts";
import {
  type ExchangeContext,
  ExchangeError,
  type ProviderCredential,
} from "../../exchange/exchange.ts";
import { googleOwnToken } from "../../exchange/google-metadata.ts";
import { rememberToken } from "../../exchange/own-token.ts";
import { type RetryOptions, withRetry } from "../../exchange/retry.ts";
import type { Identity } from "../identity.ts";
import type { KeySigner } from "../signing/key-signer.ts";
import { awsCredential } from "./aws-route.ts";
import { entraCredential } from "./entra-route.ts";
import { gatewayCredential } from "./gateway-route.ts";
import { googleCredential } from "./google-route.ts";
import type { ExchangeGrant } from "./grant.ts";
import { longestSessionSeconds } from "./route-limits.ts";

/** What all exchanges of one service share. */
export interface ExchangeSettings {
  readonly geography: string;
  /** `iss` of gateway tokens. */
  readonly publicUrl: string;
  /** Absent without gateway routes. */
  readonly signer: KeySigner | undefined;
  /** Managed identity at Azure, as its platform announces it. */
  readonly environment: ManagedIdentityEnvironment;
  /** Default: the SDK's usual chain, one a region. */
  readonly ownAwsIdentity?: ((region: string) => OwnAwsIdentity) | undefined;
  readonly retry?: RetryOptions | undefined;
  readonly circuit?: CircuitOptions | undefined;
}

/** @throws ExchangeError in every case but a credential that is no wider and lives no longer than granted. */
export type RouteExchange = (
  route: ServedRoute,
  identity: Identity,
  grant: ExchangeGrant,
  context: ExchangeContext,
) => Promise<ProviderCredential>;

/**
 * Exchanges for every kind of route. A provider that is down is asked again a few times, then left alone for a while;
 * there is no second way to a credential, so no failure ever ends in a wider one.
 */
export function routeExchange(
  settings: ExchangeSettings,
  { now }: Pick<ExchangeContext, "now">,
): RouteExchange {
  const hosts = circuits({ now }, settings.circuit);
  const ownAws = rememberByRegion(settings.ownAwsIdentity ?? usualAwsIdentity);
  const ownGoogle = rememberToken(googleOwnToken);
  const ownEntra = rememberToken(managedIdentityToken(settings.environment, tokenExchangeAudience));
  const { geography, publicUrl, signer } = settings;

  const exchange: RouteExchange = (route, identity, grant, context) => {
    switch (route.provider) {
      case "bedrock":
      case "mantle": {
        const own = ownAws(route.region);
        return awsCredential({ route, identity, grant, geography }, context, own);
      }
      case "vertex":
        return googleCredential({ route, identity, grant }, context, ownGoogle);
      case "foundry":
        return entraCredential({ route, identity, grant }, context, ownEntra);
      case "gateway": {
        const request = { route, identity, grant, geography, publicUrl };
        return gatewayCredential(request, context, signer);
      }
    }
  };

  return async (route, identity, grant, context) => {
    checkGrant(route, grant);
    let failed = false;
    const attempt = async () => {
      try {
        return await exchange(route, identity, grant, context);
      } catch (error) {
        failed ||= !context.signal.aborted;
        throw error;
      }
    };
    return hosts.run(
      hostOf(route),
      () => withRetry(attempt, context, settings.retry),
      // Who hangs up says nothing about the provider, unless it had failed by itself before.
      () => context.signal.aborted && !failed,
    );
  };
}

/** What policies are checked for when they are compiled, once more where it counts. */
function checkGrant(route: ServedRoute, { sessionSeconds, models }: ExchangeGrant): void {
  const longest = longestSessionSeconds(route);
  if (!(sessionSeconds >= 1 && sessionSeconds <= longest)) {
    throw refused(`route ${route.name} gives credentials of ${longest} s at most`);
  }
  const known = new Set(route.models.map(({ id }) => id));
  if (models !== undefined && (models.length === 0 || !models.every((id) => known.has(id)))) {
    throw refused(`the policy names models that route ${route.name} does not have, or none`);
  }
}

/** Whom the exchange depends on: what is left alone when it is down. */
function hostOf(route: ServedRoute): string {
  switch (route.provider) {
    case "bedrock":
    case "mantle":
      return new URL(stsEndpoint({ ...route, roleArn: route.exchange.roleArn })).host;
    case "vertex":
      return route.exchange.kind === "workforce"
        ? "sts.googleapis.com"
        : "iamcredentials.googleapis.com";
    case "foundry":
      return "login.microsoftonline.com";
    case "gateway":
      return "the signing key";
  }
}

function rememberByRegion(own: (region: string) => OwnAwsIdentity) {
  const known = new Map<string, OwnAwsIdentity>();
  return (region: string): OwnAwsIdentity => {
    const identity = known.get(region) ?? own(region);
    known.set(region, identity);
    return identity;
  };
}

function refused(message: string): ExchangeError {
  return new ExchangeError("refused", "the route's configuration", message);
}
