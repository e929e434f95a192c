import { z } from "zod";

import { readAnswer } from "./answer.ts";
import { type ExchangeContext, ExchangeError } from "./exchange.ts";
import type { PlatformToken } from "./own-token.ts";
import { askUpstream } from "./upstream.ts";

/** Served inside Google's machines only, without TLS; the flavor header below is how it is told apart. */
const url =
  "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token";

const metadataAnswer = z.object({
  access_token: z.string().min(1),
  token_type: z.literal("Bearer"),
  expires_in: z.number().positive(),
});

/**
 * Token of the service account that Cloud Run, GKE or Compute Engine run this as.
 *
 * @throws ExchangeError
 * @see https://cloud.google.com/run/docs/securing/service-identity (2026-11)
 */
export async function googleOwnToken(context: ExchangeContext): Promise<PlatformToken> {
  const startedSeconds = Math.floor(context.now() / 1000);
  const answer = await askUpstream({ url, headers: { "metadata-flavor": "Google" } }, context);
  if (answer.headers.get("metadata-flavor") !== "Google") {
    const message = `${answer.host} is not Google's metadata server`;
    throw new ExchangeError("refused", answer.host, message);
  }
  const { access_token, expires_in } = readAnswer(answer, metadataAnswer, () => undefined);
  return { token: access_token, expiresAtEpochSeconds: startedSeconds + Math.floor(expires_in) };
}
