import { createHash } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from "jose";
import * as oidc from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Evidence } from "../../../token-service/identity.ts";
import { type IdentityProvider, startIdentityProvider } from "../../services/identity-provider.ts";
import { bringing, publicUrl, verifierRig } from "./identity-rig.ts";

let idp: IdentityProvider;
let alice: { id_token: string; access_token: string };
const { seconds, verifierOf, refusalOf, bearer } = verifierRig(() => idp);

beforeAll(async () => {
  idp = await startIdentityProvider({ resources: [publicUrl] });
  alice = await idp.tokensFor("alice", { resource: publicUrl });
});
afterAll(() => idp.close());

describe("a token bound to a key", () => {
  const prover = async () => {
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    const { kty, crv, x, y } = await exportJWK(publicKey);
    const jwk = { kty: kty!, crv: crv!, x: x!, y: y! };
    const claims = (token: string) => ({
      htm: "POST",
      htu: `${publicUrl}/v1/token`,
      jti: crypto.randomUUID(),
      ath: createHash("sha256").update(token).digest("base64url"),
    });
    return {
      thumbprint: await calculateJwkThumbprint(jwk),
      prove: (token: string) =>
        new SignJWT(claims(token))
          .setIssuedAt()
          .setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk })
          .sign(privateKey),
    };
  };
  const bound = async (jkt: string) => {
    const iat = seconds();
    const claims = {
      iss: idp.issuer,
      aud: idp.clientId,
      sub: "alice",
      iat,
      exp: iat + 60,
      cnf: { jkt },
    };
    return idp.signWithCurrentKey(claims);
  };

  it("is an identity with its proof, which counts once in place of the token", async () => {
    const { thumbprint, prove } = await prover();
    const token = await bound(thumbprint);
    const evidence = { authorization: [`DPoP ${token}`], proofs: [await prove(token)] };
    const identity = await verifierOf({ replay: "dpop" }).verify(bringing(evidence));
    expect(identity).toMatchObject({
      keyThumbprint: thumbprint,
      once: { key: expect.stringMatching(/^proof:[0-9a-f]{64}$/) },
    });
    const single = await verifierOf().verify(bringing(evidence));
    expect(single).toMatchObject({ once: { key: expect.stringMatching(/^token:[0-9a-f]{64}$/) } });
  });

  it("is refused as a mere bearer token, and a mere bearer token is refused where keys are asked for", async () => {
    const { thumbprint, prove } = await prover();
    const token = await bound(thumbprint);
    expect(await bearer(token)).toBe(
      "proof_missing: the token is bound to a key; send Authorization: DPoP and a proof",
    );
    expect(await bearer(alice.id_token, { replay: "dpop" })).toBe(
      "proof_missing: login takes tokens bound to a key only (DPoP)",
    );
    expect(await refusalOf({ authorization: [`DPoP ${token}`] })).toBe(
      "proof_missing: the request has no DPoP proof",
    );
    const proofs = [await prove(alice.id_token)];
    expect(await refusalOf({ authorization: [`Bearer ${alice.id_token}`], proofs })).toBe(
      "proof_invalid: a DPoP proof came with Authorization: Bearer",
    );
    expect(await refusalOf({ authorization: [`DPoP ${alice.id_token}`], proofs })).toBe(
      "proof_invalid: the token is bound to no key that a DPoP proof could show",
    );
  });

  it("is refused with another's proof", async () => {
    const [own, thief] = [await prover(), await prover()];
    const token = await bound(own.thumbprint);
    expect(
      await refusalOf({ authorization: [`DPoP ${token}`], proofs: [await thief.prove(token)] }),
    ).toBe("proof_invalid: the DPoP proof is by another key than the token is bound to");
  });

  it("works with what a real client and a real provider make", async () => {
    const config = await oidc.discovery(new URL(idp.issuer), idp.clientId, undefined, oidc.None(), {
      execute: [oidc.allowInsecureRequests],
    });
    const key = await oidc.randomDPoPKeyPair();
    const DPoP = oidc.getDPoPHandle(config, key);
    const { refresh_token } = await idp.tokensFor("alice", { resource: publicUrl });
    const { access_token } = await oidc.refreshTokenGrant(config, refresh_token!, undefined, {
      DPoP,
    });
    let evidence: Evidence | undefined;
    const request = {
      [oidc.customFetch]: async (url: string, init: oidc.CustomFetchOptions) => {
        const headers = new Headers(init.headers);
        evidence = bringing({
          authorization: [headers.get("authorization") ?? ""],
          proofs: [headers.get("dpop") ?? ""],
          url: new URL(url).pathname,
        });
        return new Response("{}");
      },
    };
    Object.assign(config, request);
    await oidc.fetchProtectedResource(
      config,
      access_token,
      new URL(`${publicUrl}/v1/token`),
      "POST",
      null,
      undefined,
      { DPoP },
    );
    const identity = await verifierOf({ replay: "dpop", audiences: [publicUrl] }).verify(evidence!);
    expect(identity).toMatchObject({
      user: "alice",
      keyThumbprint: await calculateJwkThumbprint(await exportJWK(key.publicKey)),
    });
  });
});
