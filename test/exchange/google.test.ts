import { IdentityPoolClient } from "google-auth-library";
import { describe, expect, test } from "vitest";

import type { ExchangeContext } from "../../exchange/exchange.ts";
import { impersonate } from "../../exchange/google-impersonation.ts";
import { googleOwnToken } from "../../exchange/google-metadata.ts";
import { workforceToken } from "../../exchange/google-workforce.ts";
import { startHttpDouble } from "../services/http-double.ts";
import { failureOf } from "./failure-of.ts";
import { json, nowSeconds, recording } from "./recording.ts";

const workforce = {
  audience: "//iam.googleapis.com/locations/global/workforcePools/example/providers/idp",
  userProject: "cowork-eu",
  token: "eyJ.secret.id-token",
  sessionSeconds: 3600,
} as const;
const exchanged = {
  access_token: "ya29.secret",
  issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
  token_type: "Bearer",
  expires_in: 3599,
};
const account = {
  serviceAccount: "cowork-caller@cowork-eu.iam.gserviceaccount.com",
  sessionSeconds: 3600,
} as const;
const own = async () => ({ token: "own-secret", expiresAtEpochSeconds: nowSeconds + 3600 });

describe("a person's ID token at a workforce pool", () => {
  test("becomes a Google token of the person's", async () => {
    const { context, sent } = recording(json(exchanged));
    expect(await workforceToken(workforce, context)).toEqual({
      token: "ya29.secret",
      kind: "google-access-token",
      expiresAtEpochSeconds: nowSeconds + 3599,
    });
    const [request] = sent;
    expect(request?.url).toBe("https://sts.googleapis.com/v1/token");
    expect(request?.method).toBe("POST");
    expect(request?.headers).toEqual({ "content-type": "application/x-www-form-urlencoded" });
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      audience: "//iam.googleapis.com/locations/global/workforcePools/example/providers/idp",
      scope: "https://www.googleapis.com/auth/cloud-platform",
      requested_token_type: "urn:ietf:params:oauth:token-type:access_token",
      subject_token: "eyJ.secret.id-token",
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
      options: '{"userProject":"cowork-eu"}',
    });
  });

  test("is sent as Google's own library sends it", async () => {
    const sts = await startHttpDouble({ answer: [{ body: exchanged }] });
    try {
      const library = new IdentityPoolClient({
        type: "external_account",
        audience: workforce.audience,
        subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
        token_url: `${sts.url}/v1/token`,
        workforce_pool_user_project: workforce.userProject,
        subject_token_supplier: { getSubjectToken: async () => workforce.token },
      });
      await library.getAccessToken();
      const context: ExchangeContext = {
        fetch,
        now: () => Date.now(),
        signal: new AbortController().signal,
      };
      await workforceToken({ ...workforce, stsUrl: sts.url }, context);
      const [theirs, ours] = sts.requests;
      expect(ours?.path).toBe(theirs?.path);
      expect(Object.fromEntries(new URLSearchParams(ours?.body))).toEqual(
        Object.fromEntries(new URLSearchParams(theirs?.body)),
      );
    } finally {
      await sts.close();
    }
  });

  test.each([
    [
      400,
      { error: "invalid_grant", error_description: "secret" },
      "refused",
      "refused (status 400, invalid_grant)",
    ],
    [
      400,
      { error: "secret-token", error_description: "secret" },
      "refused",
      "refused (status 400)",
    ],
    [
      403,
      { error: { status: "PERMISSION_DENIED", message: "secret" } },
      "refused",
      "refused (status 403, PERMISSION_DENIED)",
    ],
    [
      429,
      { error: { status: "RESOURCE_EXHAUSTED" } },
      "unavailable",
      "cannot answer now (status 429, RESOURCE_EXHAUSTED)",
    ],
    [500, "secret", "unavailable", "cannot answer now (status 500)"],
    [
      200,
      {
        ...exchanged,
        scope: "https://www.googleapis.com/auth/cloud-platform https://mail.google.com/",
      },
      "refused",
      "answered with something else: scope is missing or of another kind",
    ],
    [
      200,
      { ...exchanged, expires_in: undefined },
      "refused",
      "answered with something else: expires_in is missing or of another kind",
    ],
    [
      200,
      { ...exchanged, expires_in: "3599" },
      "refused",
      "answered with something else: expires_in is missing or of another kind",
    ],
    [
      200,
      { ...exchanged, expires_in: 0 },
      "refused",
      "answered with something else: expires_in is missing or of another kind",
    ],
    [200, { ...exchanged, expires_in: 0.5 }, "refused", "gave a credential that has ended already"],
    [
      200,
      { ...exchanged, expires_in: 3601 },
      "refused",
      "gave a credential of 3601 s where 3600 s are allowed; set the workforce pool's sessionDuration to what the policy allows, or allow more",
    ],
    [
      200,
      { ...exchanged, token_type: "N_A" },
      "refused",
      "answered with something else: token_type is missing or of another kind",
    ],
    [
      200,
      { ...exchanged, access_token: "" },
      "refused",
      "answered with something else: access_token is missing or of another kind",
    ],
    [
      200,
      { secret: 1 },
      "refused",
      "answered with something else: access_token, expires_in, token_type is missing or of another kind",
    ],
    [200, "secret", "refused", "answered with something else"],
    [200, null, "refused", "answered with something else"],
    [302, "", "refused", "redirects, which is not followed"],
  ] as const)("status %s %j: nothing", async (status, body, kind, message) => {
    const { context, sent } = recording(json(body, status, { location: "https://x.example.com" }));
    const failure = await failureOf(workforceToken(workforce, context));
    expect(failure.message).toBe(`sts.googleapis.com ${message}`);
    expect(failure.kind).toBe(kind);
    expect(sent).toHaveLength(1);
  });
});

describe("a service account the service's identity impersonates", () => {
  const issued = { accessToken: "ya29.secret", expireTime: "2026-11-21T11:20:30Z" };

  test("gives a token of the asked life and of one scope", async () => {
    const { context, sent } = recording(json(issued));
    expect(await impersonate(account, context, own)).toEqual({
      token: "ya29.secret",
      kind: "google-access-token",
      expiresAtEpochSeconds: nowSeconds + 3600,
    });
    expect(sent).toEqual([
      {
        url: "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/cowork-caller%40cowork-eu.iam.gserviceaccount.com:generateAccessToken",
        method: "POST",
        headers: { authorization: "Bearer own-secret", "content-type": "application/json" },
        body: '{"scope":["https://www.googleapis.com/auth/cloud-platform"],"lifetime":"3600s"}',
      },
    ]);
  });

  test("whose clock runs ahead a little is believed, and reported as asked", async () => {
    const { context } = recording(json({ ...issued, expireTime: "2026-11-21T11:21:30.9+00:00" }));
    const { expiresAtEpochSeconds } = await impersonate(account, context, own);
    expect(expiresAtEpochSeconds).toBe(nowSeconds + 3600);
  });

  test.each([
    [
      200,
      { ...issued, expireTime: undefined },
      "answered with something else: expireTime is missing or of another kind",
    ],
    [
      200,
      { ...issued, expireTime: "soon" },
      "answered with something else: expireTime is missing or of another kind",
    ],
    [
      200,
      { ...issued, expireTime: "2026-11-21T11:21:31Z" },
      "gave a credential of 3661 s where 3600 s are allowed; whatever answers there is not Google",
    ],
    [
      200,
      { ...issued, expireTime: "2026-11-21T10:20:30Z" },
      "gave a credential that has ended already",
    ],
    [
      200,
      { ...issued, accessToken: undefined },
      "answered with something else: accessToken is missing or of another kind",
    ],
    [
      403,
      { error: { status: "PERMISSION_DENIED", message: "secret" } },
      "refused (status 403, PERMISSION_DENIED)",
    ],
    [404, { error: { status: "NOT_FOUND" } }, "refused (status 404, NOT_FOUND)"],
  ] as const)("status %s %j: nothing", async (status, body, message) => {
    const { context } = recording(json(body, status));
    const failure = await failureOf(impersonate(account, context, own));
    expect(failure.message).toBe(`iamcredentials.googleapis.com ${message}`);
  });
});

describe("the service's own identity at Google", () => {
  const flavor = { "metadata-flavor": "Google" };
  const answer = { access_token: "own-secret", expires_in: 1799, token_type: "Bearer" };

  test("is what the metadata server says", async () => {
    const { context, sent } = recording(json(answer, 200, flavor));
    expect(await googleOwnToken(context)).toEqual({
      token: "own-secret",
      expiresAtEpochSeconds: nowSeconds + 1799,
    });
    expect(sent).toEqual([
      {
        url: "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token",
        method: "GET",
        headers: flavor,
        body: "",
      },
    ]);
  });

  test.each([
    [json(answer), "is not Google's metadata server"],
    [json(answer, 200, { "metadata-flavor": "google" }), "is not Google's metadata server"],
    [
      json({ ...answer, expires_in: undefined }, 200, flavor),
      "answered with something else: expires_in is missing or of another kind",
    ],
    [json({}, 404, flavor), "refused (status 404)"],
    [json({}, 500, flavor), "cannot answer now (status 500)"],
  ])("%#: nothing", async (response, message) => {
    const failure = await failureOf(googleOwnToken(recording(response).context));
    expect(failure.message).toBe(`metadata.google.internal ${message}`);
  });
});
