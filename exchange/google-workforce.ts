import { z } from "zod";

import { checkedExpiry, readAnswer } from "./answer.ts";
import type { ExchangeContext, ProviderCredential } from "./exchange.ts";
import { googleCode } from "./google-errors.ts";
import { askUpstream } from "./upstream.ts";

/**
 * The smallest scope that works: `generateContent` and `rawPredict` of Vertex AI document this one and no
 * narrower one, and workforce pools do not take credential access boundaries; what the token may do is bounded by
 * the person's roles. (https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.endpoints/rawPredict,
 * https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token; 2026-11)
 */
export const cloudPlatformScope = "https://www.googleapis.com/auth/cloud-platform";

/** A person's ID token for a Google access token of the person's own. */
export interface WorkforceRequest {
  /** Of the pool provider: `//iam.googleapis.com/locations/global/workforcePools/POOL/providers/PROVIDER`. */
  readonly audience: string;
  /** Project whose quota the calls count for. */
  readonly userProject: string;
  /** ID token whose audience is the provider's client. */
  readonly token: string;
  /** Longest life that is accepted; the pool's `sessionDuration` decides, nothing can be asked for. */
  readonly sessionSeconds: number;
  /** In place of https://sts.googleapis.com. */
  readonly stsUrl?: string | undefined;
}

const stsAnswer = z.object({
  access_token: z.string().min(1),
  token_type: z.literal("Bearer"),
  expires_in: z.number().positive(),
  /** Said where it is another one than was asked for (RFC 8693, 2.2.1). */
  scope: z.literal(cloudPlatformScope).optional(),
});

/**
 * Token exchange (RFC 8693) at Google's STS, as a workforce pool defines it.
 *
 * @throws ExchangeError
 * @see https://cloud.google.com/iam/docs/workforce-obtaining-short-lived-credentials (2026-05)
 */
export async function workforceToken(
  request: WorkforceRequest,
  context: ExchangeContext,
): Promise<ProviderCredential> {
  // Before the request: what it took is not added to the life.
  const startedSeconds = Math.floor(context.now() / 1000);
  const answer = await askUpstream(
    {
      url: `${request.stsUrl ?? "https://sts.googleapis.com"}/v1/token`,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
        audience: request.audience,
        scope: cloudPlatformScope,
        requested_token_type: "urn:ietf:params:oauth:token-type:access_token",
        subject_token: request.token,
        subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
        options: JSON.stringify({ userProject: request.userProject }),
      }).toString(),
    },
    context,
  );
  const { access_token, expires_in } = readAnswer(answer, stsAnswer, googleCode);
  const expiresAtEpochSeconds = checkedExpiry(
    {
      host: answer.host,
      expiresAtEpochSeconds: startedSeconds + expires_in,
      askedSeconds: request.sessionSeconds,
      clock: "ours",
      fix: "set the workforce pool's sessionDuration to what the policy allows, or allow more",
    },
    { now: () => startedSeconds * 1000 },
  );
  return { token: access_token, kind: "google-access-token", expiresAtEpochSeconds };
}
