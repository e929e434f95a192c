import { z } from "zod";

import { checkedExpiry, readAnswer } from "./answer.ts";
import type { ExchangeContext, ProviderCredential } from "./exchange.ts";
import { googleCode } from "./google-errors.ts";
import { cloudPlatformScope } from "./google-workforce.ts";
import type { OwnToken } from "./own-token.ts";
import { askUpstream } from "./upstream.ts";

/** An access token of a service account, asked for by the service's own identity. */
export interface ImpersonationRequest {
  /** Address of the account. */
  readonly serviceAccount: string;
  /** 1 to 3600; more only where the organization lifts the limit. */
  readonly sessionSeconds: number;
}

const tokenAnswer = z.object({
  accessToken: z.string().min(1),
  expireTime: z.iso.datetime({ offset: true }),
});

/**
 * `generateAccessToken` of the IAM Credentials API; the own identity needs
 * `iam.serviceAccounts.getAccessToken` on that account and nothing else.
 *
 * @throws ExchangeError
 * @see https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken (2026-11)
 */
export async function impersonate(
  request: ImpersonationRequest,
  context: ExchangeContext,
  ownToken: OwnToken,
): Promise<ProviderCredential> {
  const account = encodeURIComponent(request.serviceAccount);
  const { token } = await ownToken(context);
  const answer = await askUpstream(
    {
      url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${account}:generateAccessToken`,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({
        scope: [cloudPlatformScope],
        lifetime: `${request.sessionSeconds}s`,
      }),
    },
    context,
  );
  const { accessToken, expireTime } = readAnswer(answer, tokenAnswer, googleCode);
  const expiresAtEpochSeconds = checkedExpiry(
    {
      host: answer.host,
      expiresAtEpochSeconds: Date.parse(expireTime) / 1000,
      askedSeconds: request.sessionSeconds,
      clock: "theirs",
      fix: "whatever answers there is not Google",
    },
    context,
  );
  return { token: accessToken, kind: "google-access-token", expiresAtEpochSeconds };
}
