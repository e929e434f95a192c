import type { HelperConfig } from "../../contract/helper-config.ts";
import type { CredentialKind } from "../../contract/token-api.ts";
import type { ProviderCredential } from "../../exchange/exchange.ts";
import { HelperFailure } from "../failure.ts";
import { skewSeconds } from "../freshness.ts";

/** What each provider takes. */
const kindsOf: Readonly<Record<HelperConfig["provider"], CredentialKind>> = {
  bedrock: "bedrock-api-key",
  mantle: "bedrock-api-key",
  vertex: "google-access-token",
  foundry: "entra-access-token",
  gateway: "gateway-jwt",
};

/**
 * Longest life a credential may have, in seconds: a day, as Entra's access tokens at most
 * (https://learn.microsoft.com/en-us/entra/identity-platform/configurable-token-lifetimes, 2026-11); AWS and Google end
 * theirs after 12 hours. Whatever lives longer is no short-lived credential, and would be kept and printed to its end.
 */
const longestLifeSeconds = 86_400;

/** Connection headers and those that carry the credential itself are the application's. */
const ownHeaders =
  /^(host|connection|content-.*|transfer-encoding|authorization|x-api-key|api-key)$/i;

/**
 * Holds a credential against the configuration before anybody sees it.
 *
 * @param now milliseconds since 1970-01-01.
 * @throws HelperFailure `wrongCredential`, naming every problem; nothing of the credential itself.
 */
export function checkCredential(
  credential: ProviderCredential,
  config: Pick<HelperConfig, "provider" | "ttlSeconds">,
  now: number,
): ProviderCredential {
  const problems: string[] = [];
  const wanted = kindsOf[config.provider];
  if (credential.kind !== wanted) {
    problems.push(`it is of kind ${credential.kind}, and ${config.provider} takes ${wanted}`);
  }
  const livesSeconds = Math.floor(credential.expiresAtEpochSeconds - now / 1000);
  const neededSeconds = config.ttlSeconds + skewSeconds;
  if (!(livesSeconds > 0)) {
    problems.push("it has ended already: compare this computer's clock with the issuer's");
  } else if (livesSeconds < neededSeconds) {
    problems.push(
      `it lives ${livesSeconds} s, and the profile needs ${neededSeconds} s (ttlSeconds ${config.ttlSeconds} and ${skewSeconds} s for clocks that differ): issue it for longer, or lower inferenceCredentialHelperTtlSec`,
    );
  } else if (livesSeconds > longestLifeSeconds + skewSeconds) {
    problems.push(
      `it lives ${livesSeconds} s, and no more than ${longestLifeSeconds} s are taken for short-lived: issue it for a day at most`,
    );
  }
  if (!/^[\x21-\x7e]+$/.test(credential.token)) {
    problems.push("it holds characters that no header can carry");
  }
  const bad = Object.entries(credential.headers ?? {}).filter(([name, value]) => {
    const isName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/.test(name) && !ownHeaders.test(name);
    return !isName || !/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value);
  });
  if (bad.length > 0) problems.push(`${bad.length} of its headers cannot be sent with a request`);
  if (problems.length > 0) {
    throw new HelperFailure(
      "wrongCredential",
      `the credential cannot be used: ${problems.join("; ")}`,
    );
  }
  return credential;
}
