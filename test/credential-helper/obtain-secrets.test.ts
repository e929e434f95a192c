import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { HelperConfig } from "../../contract/helper-config.ts";
import { HelperFailure } from "../../credential-helper/failure.ts";
import { obtain } from "../../credential-helper/obtain.ts";
import { granted, helperConfigFor, refusal, tokenService } from "./exchange/configs.ts";
import { surroundings } from "./sign-in/around.ts";

const issuer = "https://login.example.com";
const service = "https://tokens.example.com";

/** Long enough to be told from words of a message; of letters alone too, as error codes are. */
const secret = fc.oneof(
  fc.stringMatching(/^[a-z]{20,40}$/),
  fc.stringMatching(/^[A-Za-z0-9._~-]{20,60}$/),
  fc.stringMatching(/^[\x20-\x7e]{20,60}$/).filter((text) => text.trim().length >= 20),
);

/** JSON with the secrets wherever an answer has room for them. */
const hostileJson = (secrets: string[]) => {
  const text = fc.constantFrom(...secrets);
  const names = [
    "error",
    "error_description",
    "error_uri",
    "code",
    "message",
    "traceId",
    "access_token",
    "token_type",
    "expires_in",
    "id_token",
    "refresh_token",
    "scope",
    "token",
    "kind",
    "headers",
    "expiresAtEpochSeconds",
    "geography",
    "route",
    "retryAfterSeconds",
    "issuer",
    "jwks_uri",
    "token_endpoint",
    "authorization_endpoint",
    "verification_uri",
    "user_code",
    "device_code",
    ...secrets,
  ];
  const value = fc.oneof(
    text,
    text.map((one) => ({ [one]: one })),
    text.map((one) => [one]),
    text.map((one) => `https://${one}/`),
    text.map((one) => `${one}.${one}.${one}`),
    text.map((one) => `AADSTS50011: ${one}`),
    fc.constantFrom("invalid_grant", "Bearer", "DPoP", 3600, null, true),
  );
  return fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 12 });
};

type Reply = { status: number; type: string; body: unknown; challenge: string | undefined };

const reply = (status: number[], body: fc.Arbitrary<unknown>, secrets: string[]) =>
  fc.record<Reply>({
    status: fc.constantFrom(...status),
    type: fc.constantFrom("application/json", "application/json", "application/json", "text/html"),
    body,
    challenge: fc.oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...secrets) },
    ),
  });

const anyReply = (secrets: string[]) =>
  reply(
    [200, 302, 400, 401, 403, 404, 429, 500, 503],
    fc.oneof(hostileJson(secrets), fc.constantFrom(...secrets)),
    secrets,
  );

/** An OAuth error as it should be, but for what it says. */
const oauthError = (secrets: string[]) => {
  const text = fc.constantFrom(...secrets);
  const error = fc.oneof(text, fc.constantFrom("invalid_grant", "invalid_client", "server_error"));
  const description = fc.oneof(
    text,
    text.map((one) => `AADSTS50011: ${one}`),
    text.map((one) => `AADSTS${one}`),
  );
  return reply(
    [400, 401],
    fc.record({ error, error_description: description, error_uri: text }),
    secrets,
  );
};

/** Tokens that are sound; what is issued is as secret as what was sent. */
const soundTokens = (secrets: string[]) => {
  const text = fc.constantFrom(...secrets);
  const body = fc.record({
    access_token: text,
    token_type: fc.constant("Bearer"),
    expires_in: fc.constantFrom(1, 3600),
    refresh_token: text,
    scope: fc.oneof(text, fc.constant("https://cognitiveservices.azure.com/.default")),
  });
  return reply([200], body, secrets).map((one) => ({ ...one, type: "application/json" }));
};

/** A refusal, or a credential, as the contract has it but for one field. */
const serviceReply = (secrets: string[]) => {
  const text = fc.constantFrom(...secrets);
  const refused = fc
    .tuple(fc.constantFrom("policy_none", "rate_limited"), text)
    .map(([code, message]) => refusal(code, { message }));
  const field = fc.constantFrom(
    "token",
    "kind",
    "geography",
    "route",
    "traceId",
    "headers",
    "more",
  );
  const given = fc.tuple(field, text, text).map(([name, one, token]) => ({
    ...granted({ token }),
    [name]: name === "headers" ? { [one]: one } : one,
  }));
  return fc.oneof(reply([403, 429], refused, secrets), reply([200], given, secrets));
};

const toResponse = ({ status, type, body, challenge }: Reply) =>
  new Response(typeof body === "string" ? body : JSON.stringify(body), {
    status,
    headers: {
      "content-type": type,
      location: `https://evil.example/${encodeURIComponent(JSON.stringify(body))}`,
      ...(challenge === undefined
        ? {}
        : { "www-authenticate": `Bearer error="${challenge.replace(/["\\]/g, "")}"` }),
    },
  });

const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  device_authorization_endpoint: `${issuer}/device`,
  jwks_uri: `${issuer}/jwks`,
};

const exchanges: HelperConfig["exchange"][] = [
  tokenService(service),
  tokenService(service, { present: "access_token" }),
  { kind: "sign-in-token", tokenType: "access_token" },
  { kind: "entra", scope: "https://cognitiveservices.azure.com/.default" },
  {
    kind: "vertex-workforce",
    audience: "//iam.googleapis.com/locations/global/workforcePools/p/providers/q",
    userProject: "p-1",
  },
];

describe("what the helper says", () => {
  it("is one line, and holds nothing an issuer or a service echoed or was sent", async () => {
    const cases = fc
      .record({ refreshToken: secret, echoed: secret })
      .chain(({ refreshToken, echoed }) => {
        const secrets = [refreshToken, echoed];
        return fc.record({
          refreshToken: fc.constant(refreshToken),
          echoed: fc.constant(echoed),
          token: fc.oneof(
            { weight: 2, arbitrary: oauthError(secrets) },
            { weight: 3, arbitrary: soundTokens(secrets) },
            { weight: 1, arbitrary: anyReply(secrets) },
          ),
          exchanged: fc.oneof(serviceReply(secrets), anyReply(secrets)),
          discovered: fc.oneof(
            { weight: 9, arbitrary: fc.constant(undefined) },
            { weight: 1, arbitrary: anyReply(secrets) },
          ),
          exchange: fc.constantFrom(...exchanges),
          context: fc.constantFrom("background", "interactive" as const),
        });
      });
    let failed = 0;
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const around = surroundings({
          context: one.context as "background",
          session: { refreshToken: one.refreshToken, proofKey: undefined },
          // Retries wait a second or more: one answer is enough here.
          signal: AbortSignal.timeout(250),
          fetch: async (input) => {
            const url = String(input);
            if (!url.startsWith(issuer)) return toResponse(one.exchanged);
            if (url.endsWith("/token") || url.endsWith("/device")) return toResponse(one.token);
            if (url.endsWith("/jwks")) return Response.json({ keys: [] });
            return one.discovered === undefined
              ? Response.json(metadata)
              : toResponse(one.discovered);
          },
        });
        const said: string[] = around.told;
        try {
          await obtain(helperConfigFor(issuer, one.exchange), around);
        } catch (error) {
          failed += 1;
          expect(error instanceof Error ? error.name : error).toMatch(
            /^(HelperFailure|ExchangeError)$/,
          );
          expect(error).toBeInstanceOf(HelperFailure);
          said.push((error as HelperFailure).message);
        }
        for (const line of said) {
          expect(line).not.toContain(one.refreshToken);
          expect(line).not.toContain(one.echoed);
          expect(line).not.toContain(encodeURIComponent(one.echoed));
          expect(line).toMatch(/^[^\r\n]+$/);
          expect(line.length).toBeLessThan(600);
        }
      }),
      { numRuns: 200 },
    );
    // Otherwise nothing was looked at.
    expect(failed).toBeGreaterThan(130);
  });
});
