import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from "node:crypto";
import fc from "fast-check";
import type { JWTPayload } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import type { TrustedIssuer } from "../../../contract/trust-policy.ts";
import { verifyToken } from "../../../token-service/identity/token-verifier.ts";
import {
  compact,
  newSigner,
  now,
  outcome,
  rulesFor,
  type Signer,
  soundClaims,
  trusted,
} from "./token-rig.ts";

let signer: Signer;

beforeAll(async () => {
  signer = await newSigner();
});

const judge = async (
  claims: JWTPayload,
  {
    issuer = {},
    header = {},
  }: { issuer?: Partial<TrustedIssuer>; header?: Record<string, unknown> } = {},
) => outcome(await signer.sign(claims, header), rulesFor([trusted(issuer)], [signer.jwk]));

/** The claims without some. */
const without = (...names: string[]): JWTPayload =>
  Object.fromEntries(Object.entries(soundClaims).filter(([name]) => !names.includes(name)));

describe("a sound token", () => {
  it("says who it is about, and nothing nobody asked for", async () => {
    const token = await signer.sign({ ...soundClaims, email: "alice@example.com" });
    expect(await verifyToken(token, rulesFor([trusted()], [signer.jwk]))).toEqual({
      issuer: trusted(),
      user: "alice",
      device: undefined,
      groups: ["cowork-eu"],
      claims: { groups: ["cowork-eu"], sub: ["alice"] },
      tokenHash: createHash("sha256").update(token).digest("hex"),
      expiresAtEpochSeconds: now + 300,
      boundTo: undefined,
      once: {
        key: `token:${createHash("sha256").update("https://login.example.com|one").digest("hex")}`,
        untilEpochSeconds: now + 420,
      },
    });
  });

  it.each<[string, JWTPayload, Partial<TrustedIssuer>, Record<string, unknown>]>([
    ["typ JWT", soundClaims, {}, { typ: "JWT" }],
    ["typ of an access token", soundClaims, {}, { typ: "application/at+jwt" }],
    ["an nbf in the past", { ...soundClaims, nbf: now - 5 }, {}, {}],
    ["clocks 29 s apart, ahead", { ...soundClaims, iat: now + 29, nbf: now + 29 }, {}, {}],
    ["clocks 29 s apart, behind", { ...soundClaims, exp: now - 29 }, {}, {}],
    ["its longest age", { ...soundClaims, iat: now - 3630 }, {}, {}],
    [
      "one of several audiences",
      { ...soundClaims, aud: ["b", "a"] },
      { audiences: ["a", "b"] },
      {},
    ],
    ["azp that is listed", { ...soundClaims, azp: "app" }, { authorizedParties: ["app"] }, {}],
    ["Entra's appid", { ...soundClaims, appid: "app" }, { authorizedParties: ["app"] }, {}],
    [
      "no azp and one audience that is itself the application",
      soundClaims,
      { authorizedParties: ["cowork-desktop"] },
      {},
    ],
    [
      "a further audience, and an azp that is listed",
      { ...soundClaims, aud: ["cowork-desktop", "other"], azp: "app" },
      { authorizedParties: ["app"] },
      {},
    ],
    ["no groups", without("groups"), {}, {}],
    ["no jti", without("jti"), {}, {}],
    ["another user claim", { ...soundClaims, oid: "7" }, { userClaim: "oid" }, {}],
  ])("is accepted with %s", async (_, claims, issuer, header) => {
    expect(await judge(claims, { issuer, header })).toBe("accepted");
  });
});

describe("the key of single use", () => {
  const keyOf = async (token: string, by = signer) => {
    const result = await verifyToken(token, rulesFor([trusted()], [by.jwk]));
    if ("refused" in result) throw new Error(result.refused);
    return result.once.key;
  };

  it("is the same for two spellings of an ECDSA signature of one token without jti", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const jwk = { ...createPublicKey(privateKey).export({ format: "jwk" }), kid: "k1" };
    const input = compact({ alg: "ES256", kid: "k1" }, without("jti")).slice(0, -1);
    const signature = sign("sha256", Buffer.from(input), {
      key: createPrivateKey(privateKey.export({ type: "pkcs8", format: "pem" })),
      dsaEncoding: "ieee-p1363",
    });
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const s = order - BigInt(`0x${signature.subarray(32).toString("hex")}`);
    const mirrored = Buffer.concat([
      signature.subarray(0, 32),
      Buffer.from(s.toString(16).padStart(64, "0"), "hex"),
    ]);
    const by = { jwk } as Signer;
    const keys = [signature, mirrored].map((one) =>
      keyOf(`${input}.${one.toString("base64url")}`, by),
    );
    const [first, second] = await Promise.all(keys);
    expect(second).toBe(first);
  });

  it("differs between tokens, and between issuers with the same jti", async () => {
    const key = await keyOf(await signer.sign(soundClaims));
    expect(await keyOf(await signer.sign({ ...soundClaims, jti: "two" }))).not.toBe(key);
    expect(await keyOf(await signer.sign({ ...soundClaims, sub: "bob" }))).toBe(key);
    const bare = await keyOf(await signer.sign(without("jti")));
    expect(await keyOf(await signer.sign({ ...without("jti"), sub: "bob" }))).not.toBe(bare);
  });

  it("is kept no longer than any policy could accept the token", async () => {
    const token = await signer.sign({ ...soundClaims, exp: now + 10_000_000 });
    const result = await verifyToken(token, rulesFor([trusted()], [signer.jwk]));
    expect(result).toMatchObject({ once: { untilEpochSeconds: now - 10 + 86_400 + 120 } });
  });
});

describe("claims policies ask for", () => {
  const claimsOf = async (claims: JWTPayload, asked: string[]) => {
    const rules = rulesFor([trusted()], [signer.jwk], { claimNames: new Map([["login", asked]]) });
    const result = await verifyToken(await signer.sign({ ...soundClaims, ...claims }), rules);
    return "refused" in result ? `${result.refused}: ${result.reason}` : result.claims;
  };

  it("are nested only where there is no claim of that very name", async () => {
    const nested = { realm_access: { roles: ["eu"] } };
    expect(await claimsOf(nested, ["realm_access.roles"])).toEqual({
      "realm_access.roles": ["eu"],
    });
    expect(
      await claimsOf({ ...nested, "realm_access.roles": "us" }, ["realm_access.roles"]),
    ).toEqual({
      "realm_access.roles": ["us"],
    });
    expect(
      await claimsOf({ "https://example.com/roles": "eu" }, ["https://example.com/roles"]),
    ).toEqual({
      "https://example.com/roles": ["eu"],
    });
  });

  it("are not found in what every object inherits, nor in lists", async () => {
    for (const name of ["constructor", "__proto__", "toString.name", "groups.length", "groups.0"]) {
      expect(await claimsOf({}, [name])).toEqual({});
    }
  });

  it("are texts, also when they were flags or whole numbers", async () => {
    expect(await claimsOf({ email_verified: true, level: 3 }, ["email_verified", "level"])).toEqual(
      {
        email_verified: ["true"],
        level: ["3"],
      },
    );
    expect(await claimsOf({ level: 0.5 }, ["level"])).toBe(
      "token_malformed: the claim level is neither a text nor a list of texts",
    );
    expect(await claimsOf({ level: null }, ["level"])).toEqual({});
  });
});

describe("any text", () => {
  it("that is no token of the issuer is refused, and never throws", async () => {
    const rules = rulesFor([trusted()], [signer.jwk]);
    const anyToken = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc
        .tuple(fc.json(), fc.json(), fc.string())
        .map(([head, body, end]) => compact(head, body, end)),
      fc
        .tuple(
          fc.object({ withNullPrototype: true }),
          fc.dictionary(fc.string(), fc.jsonValue()),
          fc.base64String(),
        )
        .map(([head, body, end]) =>
          compact(
            { alg: "ES256", kid: "k1", ...head },
            { ...soundClaims, ...body },
            end.replace(/=+$/, ""),
          ),
        ),
    );
    await fc.assert(
      fc.asyncProperty(anyToken, async (token) => {
        expect(await outcome(token, rules)).toMatch(/^token_[a-z_]+: .+/);
      }),
      { numRuns: 400 },
    );
  });

  it("of signed claims is accepted or refused, and never throws", async () => {
    const names = fc.constantFrom(
      "aud",
      "azp",
      "exp",
      "iat",
      "nbf",
      "sub",
      "groups",
      "jti",
      "cnf",
      "events",
      "_claim_names",
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, fc.jsonValue()), async (claims) => {
        const token = await signer.sign(JSON.parse(JSON.stringify({ ...soundClaims, ...claims })));
        expect(await outcome(token, rulesFor([trusted()], [signer.jwk]))).toMatch(
          /^accepted$|^(token|proof)_[a-z_]+: .+/,
        );
      }),
      { numRuns: 200 },
    );
  });
});
