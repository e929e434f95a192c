import { z } from "zod";

import { checkedExpiry, readAnswer } from "./answer.ts";
import { type ExchangeContext, ExchangeError, type ProviderCredential } from "./exchange.ts";
import { claimsOf } from "./seen-claims.ts";
import { askUpstream } from "./upstream.ts";

/** Audiences of Azure's Claude endpoints a token can be asked for. */
export type AzureScope =
  | "https://cognitiveservices.azure.com/.default"
  | "https://ai.azure.com/.default";

/** What both ways to a Foundry token share. */
export interface EntraRequest {
  readonly tenantId: string;
  /** Of the application the token is issued to. */
  readonly clientId: string;
  readonly scope: AzureScope;
  /** Longest life that is accepted; the tenant decides (60 to 90 minutes by default), nothing can be asked for. */
  readonly sessionSeconds: number;
}

/** How a token names the audience that was asked for: its URI, or the application id of Microsoft's service. */
const audiences: Readonly<Record<AzureScope, readonly string[]>> = {
  "https://cognitiveservices.azure.com/.default": [
    "https://cognitiveservices.azure.com",
    "https://cognitiveservices.azure.com/",
    "7d312290-28c8-473c-a0ed-8e53749b6d6d",
  ],
  "https://ai.azure.com/.default": ["https://ai.azure.com", "https://ai.azure.com/"],
};

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  token_type: z.literal("Bearer"),
  expires_in: z.number().positive(),
});

/** OAuth's own codes, and Entra's number, which says more. Both are closed: a name of the list, digits. */
const oauthCode = z.enum([
  "invalid_request",
  "invalid_grant",
  "invalid_client",
  "invalid_scope",
  "invalid_resource",
  "unauthorized_client",
  "unsupported_grant_type",
  "access_denied",
  "consent_required",
  "interaction_required",
  "temporarily_unavailable",
]);
const entraError = z.object({
  error: oauthCode.optional().catch(undefined),
  error_codes: z.array(z.int().min(10_000).max(9_999_999)).min(1).optional().catch(undefined),
});

function entraCode(body: unknown): string | undefined {
  const { error, error_codes } = entraError.safeParse(body).data ?? {};
  const number = error_codes?.[0];
  return number === undefined ? error : `AADSTS${number}`;
}

/**
 * One request of the tenant's token endpoint, and a look at what came back: kind, life and, as far as the token
 * shows them, audience and tenant.
 *
 * @throws ExchangeError
 */
export async function askEntra(
  request: EntraRequest,
  grant: Readonly<Record<string, string>>,
  context: ExchangeContext,
): Promise<ProviderCredential> {
  const startedSeconds = Math.floor(context.now() / 1000);
  const answer = await askUpstream(
    {
      url: `https://login.microsoftonline.com/${request.tenantId}/oauth2/v2.0/token`,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        client_id: request.clientId,
        scope: request.scope,
        ...grant,
      }).toString(),
    },
    context,
  );
  const { access_token, expires_in } = readAnswer(answer, tokenAnswer, entraCode);
  const seen = claimsOf(access_token);
  if (seen?.aud !== undefined && !isAudience(request.scope, seen.aud)) {
    const message = `${answer.host} gave a token for another audience than ${request.scope}`;
    throw new ExchangeError("refused", answer.host, message);
  }
  if (seen?.tid !== undefined && seen.tid !== request.tenantId.toLowerCase()) {
    const message = `${answer.host} gave a token of another tenant than the route's`;
    throw new ExchangeError("refused", answer.host, message);
  }
  const end = (expiresAtEpochSeconds: number, clock: "ours" | "theirs") =>
    checkedExpiry(
      {
        host: answer.host,
        expiresAtEpochSeconds,
        askedSeconds: request.sessionSeconds,
        clock,
        fix: "let the policy allow 5400 s, which is Entra's longest by default, or set a token lifetime policy",
      },
      { now: () => startedSeconds * 1000 },
    );
  const said = end(startedSeconds + expires_in, "ours");
  return {
    token: access_token,
    kind: "entra-access-token",
    // The token itself decides as well, where it can be read.
    expiresAtEpochSeconds:
      typeof seen?.exp === "number" ? Math.min(said, end(seen.exp, "theirs")) : said,
  };
}

function isAudience(scope: AzureScope, audience: unknown): boolean {
  return typeof audience === "string" && audiences[scope].includes(audience);
}
