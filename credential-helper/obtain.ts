import { decodeJwt } from "jose";

import type { HelperConfig } from "../contract/helper-config.ts";
import { ExchangeError, type ProviderCredential } from "../exchange/exchange.ts";
import { withRetry } from "../exchange/retry.ts";
import { companyAuthorities } from "./company-authorities.ts";
import { mayAsk } from "./context.ts";
import { checkCredential } from "./exchange/check-credential.ts";
import { exchangeDirectly, idTokenOf } from "./exchange/direct.ts";
import { askTokenService, type TokenServiceExchange } from "./exchange/token-service.ts";
import { HelperFailure } from "./failure.ts";
import type { Obtain, ObtainContext } from "./obtain-types.ts";
import { pathHere } from "./path-here.ts";
import { loadDeviceCertificate } from "./sign-in/device-certificate.ts";
import { type TlsOptions, tlsFetch } from "./sign-in/mutual-tls-fetch.ts";
import { type ProofKey, readProofKey } from "./sign-in/proof-key.ts";
import { type SignInResult, signIn } from "./sign-in/sign-in.ts";
import type { SignedIn } from "./sign-in/signed-in.ts";

/** Signs in as the context allows, exchanges, and holds what came against the configuration. */
export const obtain: Obtain = async (config, around) => {
  const pem = await companyAuthorities(config);
  const authorities: TlsOptions = pem === undefined ? {} : { certificateAuthoritiesPem: pem };
  try {
    const credential =
      config.signIn.kind === "device-certificate"
        ? await withDeviceCertificate(config, authorities, around)
        : await withSignIn(config, {
            ...around,
            fetch: authorities.certificateAuthoritiesPem ? tlsFetch(authorities) : around.fetch,
          });
    return checkCredential(credential, config, around.now());
  } catch (error) {
    if (error instanceof ExchangeError) throw new HelperFailure(error.kind, error.message);
    throw error;
  }
};

async function withDeviceCertificate(
  config: HelperConfig,
  authorities: TlsOptions,
  around: ObtainContext,
): Promise<ProviderCredential> {
  const { signIn, exchange } = config;
  if (signIn.kind !== "device-certificate" || exchange.kind !== "token-service") {
    throw new HelperFailure(
      "configuration",
      `signIn.kind "device-certificate" needs exchange.kind "token-service": "${exchange.kind}" takes a token`,
    );
  }
  const clientCertificate = await loadDeviceCertificate(
    { certificate: pathHere(signIn.certificate), privateKey: pathHere(signIn.privateKey) },
    around.now(),
  );
  return askTokenService(
    { ...config, exchange },
    { freshToken: async () => undefined, proofKey: undefined },
    { ...around, fetch: tlsFetch({ ...authorities, clientCertificate }) },
  );
}

async function withSignIn(
  config: HelperConfig,
  around: ObtainContext,
): Promise<ProviderCredential> {
  const { exchange } = config;
  const first = await signIn(config, around);
  if (exchange.kind !== "token-service") {
    const attempts = mayAsk(around.context) ? 3 : 2;
    return withRetry(() => exchangeDirectly(exchange, first.signedIn, around), around, {
      attempts,
    });
  }
  const proofKey = exchange.dpop ? await keyOf(first) : undefined;
  let current = first;
  let isSpent = false;
  const freshToken = async () => {
    // Without a refresh token the same one has to do; the service says so if it will not.
    if (isSpent) current = (await current.again?.()) ?? current;
    isSpent = true;
    return presented(current.signedIn, exchange, proofKey);
  };
  return askTokenService({ ...config, exchange }, { proofKey, freshToken }, around);
}

async function keyOf({ session }: SignInResult): Promise<ProofKey | undefined> {
  return session.proofKey === undefined ? undefined : readProofKey(session.proofKey);
}

/** The token to present; with DPoP only one that is bound to our key, or the service would refuse the proof. */
function presented(
  signedIn: SignedIn,
  exchange: TokenServiceExchange,
  proofKey: ProofKey | undefined,
): string {
  const text = exchange.present === "id_token" ? idTokenOf(signedIn).text : signedIn.accessToken;
  if (!exchange.dpop) return text;
  const isBound =
    exchange.present === "id_token"
      ? boundTo(text) === proofKey?.thumbprint
      : signedIn.accessTokenType === "dpop";
  if (proofKey !== undefined && isBound) return text;
  throw new HelperFailure(
    "configuration",
    exchange.present === "id_token"
      ? 'exchange.dpop: the issuer does not bind ID tokens to a key; set exchange.present to "access_token"'
      : "exchange.dpop: the issuer did not bind the access token to the helper's key; turn DPoP on for the client at the issuer, or off here",
  );
}

function boundTo(idToken: string): unknown {
  const { cnf } = decodeJwt(idToken);
  return typeof cnf === "object" && cnf !== null && "jkt" in cnf ? cnf.jkt : undefined;
}
