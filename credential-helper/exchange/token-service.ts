import { setTimeout as sleep } from "node:timers/promises";

import type { HelperConfig, HelperExchange } from "../../contract/helper-config.ts";
import { tokenPath } from "../../contract/token-api.ts";
import type { ExchangeContext, ProviderCredential } from "../../exchange/exchange.ts";
import { mayAsk } from "../context.ts";
import { HelperFailure } from "../failure.ts";
import type { ObtainContext } from "../obtain-types.ts";
import { boundedFetch, Unanswered } from "../sign-in/bounded-fetch.ts";
import type { ProofKey } from "../sign-in/proof-key.ts";
import { dpopProof } from "./dpop-proof.ts";
import { readServiceAnswer } from "./token-service-answer.ts";

export type TokenServiceExchange = Extract<HelperExchange, { kind: "token-service" }>;

/** Who asks. A device certificate is in the connection, so there is nothing to say here. */
export interface Presenter {
  /**
   * A token nobody has presented yet; undefined with a device certificate. Called before each attempt: the
   * service takes a token once, even when it then cannot answer.
   */
  readonly freshToken: () => Promise<string | undefined>;
  /** With it the token is sent as DPoP, else as bearer. */
  readonly proofKey: ProofKey | undefined;
}

/** Attempts in all, and the longest wait between two, in seconds: without a person waiting, fail fast. */
const patience = {
  asking: { attempts: 3, longestWaitSeconds: 10 },
  silent: { attempts: 2, longestWaitSeconds: 2 },
} as const;

/**
 * Asks the token service for the route's credential (`POST /v1/token`).
 *
 * @throws HelperFailure `refused`, `unavailable`, `deviceCertificate` or `wrongCredential`; never with any part
 *   of a token.
 */
export async function askTokenService(
  config: HelperConfig & { readonly exchange: TokenServiceExchange },
  presenter: Presenter,
  around: ExchangeContext & Pick<ObtainContext, "context">,
): Promise<ProviderCredential> {
  const { attempts, longestWaitSeconds } = mayAsk(around.context)
    ? patience.asking
    : patience.silent;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(config, presenter, around);
    if ("response" in answer) return credentialOf(answer.response, config);
    const { failure } = answer;
    // Doubles from one second where the service names no time.
    const waitSeconds = answer.retryAfterSeconds ?? 2 ** (attempt - 1);
    if (failure.failure !== "unavailable" || attempt >= attempts) throw failure;
    if (waitSeconds > longestWaitSeconds) {
      throw new HelperFailure("unavailable", `${failure.message}: ask again in ${waitSeconds} s`);
    }
    await sleep(waitSeconds * 1000, undefined, { signal: around.signal }).catch(() => undefined);
    if (around.signal.aborted) throw failure;
  }
}

async function ask(
  config: HelperConfig & { readonly exchange: TokenServiceExchange },
  { freshToken, proofKey }: Presenter,
  around: ExchangeContext & Pick<ObtainContext, "context">,
): Promise<ReturnType<typeof readServiceAnswer>> {
  const url = `${config.exchange.url}${tokenPath}`;
  const token = await freshToken();
  const identity: Record<string, string> =
    token === undefined
      ? {}
      : proofKey === undefined
        ? { authorization: `Bearer ${token}` }
        : {
            authorization: `DPoP ${token}`,
            dpop: await dpopProof(proofKey, { method: "POST", url, token }, around.now()),
          };
  const fetch = boundedFetch(around.fetch, {
    signal: around.signal,
    maxAnswerBytes: 65_536,
    timeoutMilliseconds: 10_000,
  });
  const { host } = new URL(url);
  const { geography, route } = config;
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", ...identity },
      body: JSON.stringify({ geography, route, context: around.context }),
    });
    const { status, headers } = response;
    return readServiceAnswer({ host, status, headers, text: await response.text() });
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    const failure = new HelperFailure("unavailable", `the token service ${error.message}`);
    return { failure, code: undefined, retryAfterSeconds: undefined };
  }
}

function credentialOf(
  response: Extract<ReturnType<typeof readServiceAnswer>, { response: unknown }>["response"],
  config: HelperConfig,
): ProviderCredential {
  const { token, kind, headers, expiresAtEpochSeconds, traceId } = response;
  const others = (["geography", "route"] as const).filter(
    (name) => response[name] !== config[name],
  );
  if (others.length > 0) {
    // What the service wrote there is not repeated: it may be anything.
    const wanted = others.map((name) => `${name} "${config[name]}"`).join(" and ");
    throw new HelperFailure(
      "wrongCredential",
      `the token service's answer is not for ${wanted} (trace ${traceId}): check exchange.url`,
    );
  }
  return {
    token,
    kind,
    expiresAtEpochSeconds,
    ...(headers === undefined ? {} : { headers }),
  };
}
