import type { JWK } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import type { Fetch } from "../../../token-service/identity/fetch-json.ts";
import { createKeySet } from "../../../token-service/identity/key-set.ts";
import { issuerUrl, newSigner } from "./token-rig.ts";

let first: JWK;
let second: JWK;

beforeAll(async () => {
  first = (await newSigner("ES256", "k1")).jwk;
  second = (await newSigner("ES256", "k2")).jwk;
});

/** An issuer whose answers and clock the test turns. */
function rig(answer: { keys: unknown; issuer?: string; jwksUri?: string; down?: string }) {
  let nowEpochSeconds = 1_000_000;
  const asked: string[] = [];
  const fetch: Fetch = async (url) => {
    asked.push(url.slice(issuerUrl.length));
    if (answer.down) throw new TypeError("fetch failed", { cause: new Error(answer.down) });
    return url.endsWith("/keys")
      ? Response.json({ keys: answer.keys })
      : Response.json({
          issuer: answer.issuer ?? issuerUrl,
          jwks_uri: answer.jwksUri ?? `${issuerUrl}/keys`,
        });
  };
  const keySet = createKeySet({
    name: "login",
    issuer: issuerUrl,
    jwksUrl: undefined,
    nowEpochSeconds: () => nowEpochSeconds,
    fetch,
  });
  return {
    answer,
    asked,
    pass: (seconds: number) => {
      nowEpochSeconds += seconds;
    },
    find: async (keyId: string | undefined, algorithm = "ES256") => {
      const found = await keySet.find(keyId, algorithm);
      return "refused" in found ? `${found.refused}: ${found.reason}` : "found";
    },
  };
}

const unknown = "token_key_unknown: login publishes no key of the token's kid";

describe("an issuer's keys", () => {
  it("are asked for once, however many ask", async () => {
    const { find, asked } = rig({ keys: [first] });
    expect(await Promise.all(Array.from({ length: 50 }, () => find("k1")))).toEqual(
      Array.from({ length: 50 }, () => "found"),
    );
    expect(asked).toEqual(["/.well-known/openid-configuration", "/keys"]);
  });

  it("are renewed in the background after half their time, and before use after the whole of it", async () => {
    const { find, pass, asked, answer } = rig({ keys: [first] });
    await find("k1");
    pass(149);
    await find("k1");
    expect(asked.length).toBe(2);
    pass(2);
    answer.keys = [second];
    expect(await find("k1")).toBe("found");
    await expect.poll(() => asked.length).toBe(4);
    expect(await find("k2")).toBe("found");
    answer.keys = [first];
    pass(301);
    expect(await find("k2")).toBe(unknown);
  });

  it("of an unknown id are asked for once in 30 s, so that nobody can make the service hammer the issuer", async () => {
    const { find, pass, asked, answer } = rig({ keys: [first] });
    await find("k1");
    answer.keys = [first, second];
    expect(await find("k2")).toBe(unknown);
    expect(asked.length).toBe(2);
    pass(30);
    expect(await find("k2")).toBe("found");
    expect(asked.length).toBe(4);
    await Promise.all(Array.from({ length: 20 }, (_, at) => find(`none-${at}`)));
    expect(asked.length).toBe(4);
  });

  it("are used for an hour while the issuer is down, then nobody gets in", async () => {
    const { find, pass, answer } = rig({ keys: [first] });
    await find("k1");
    answer.down = "connect ECONNREFUSED";
    pass(3600);
    expect(await find("k1")).toBe("found");
    pass(6);
    expect(await find("k1")).toBe(
      "issuer_unavailable: the keys of login cannot be had: https://login.example.com/.well-known/openid-configuration: connect ECONNREFUSED",
    );
    delete answer.down;
    expect(await find("k1")).toContain("issuer_unavailable");
    pass(5);
    expect(await find("k1")).toBe("found");
  });

  it("hold nobody up whose issuer failed once and then hangs, until they are too old", async () => {
    let hangs: Promise<never> | undefined;
    let asked = 0;
    let nowEpochSeconds = 1_000_000;
    const { promise, reject } = Promise.withResolvers<never>();
    const keySet = createKeySet({
      name: "login",
      issuer: issuerUrl,
      jwksUrl: `${issuerUrl}/keys`,
      nowEpochSeconds: () => nowEpochSeconds,
      fetch: async () => {
        asked += 1;
        return hangs ?? Response.json({ keys: [first] });
      },
    });
    const isFound = async () => "key" in (await keySet.find("k1", "ES256"));
    expect(await isFound()).toBe(true);
    hangs = Promise.reject(new TypeError("fetch failed"));
    nowEpochSeconds += 301;
    expect(await isFound()).toBe(true);
    hangs = promise;
    nowEpochSeconds += 5;
    expect([await isFound(), await isFound(), asked]).toEqual([true, true, 3]);
    nowEpochSeconds += 3600;
    const late = isFound();
    reject(new TypeError("fetch failed"));
    expect(await late).toBe(false);
    hangs = undefined;
    nowEpochSeconds += 5;
    expect(await isFound()).toBe(true);
  });

  it("are asked for anew when the clock was turned back", async () => {
    const { find, pass, asked } = rig({ keys: [first] });
    await find("k1");
    pass(-1000);
    expect(await find("k1")).toBe("found");
    expect(asked.length).toBe(4);
  });

  it("that are unknown while the issuer is down may exist: ask again later", async () => {
    const { find, pass, answer } = rig({ keys: [first] });
    await find("k1");
    answer.down = "ETIMEDOUT";
    pass(31);
    expect(await find("k2")).toContain("issuer_unavailable: ");
    expect(await find("k1")).toBe("found");
  });

  it("are the issuer's own: another name in the discovery document is not believed", async () => {
    for (const issuer of ["https://evil.example", `${issuerUrl}/`]) {
      expect(await rig({ keys: [first], issuer }).find("k1")).toBe(
        "issuer_unavailable: the keys of login cannot be had: https://login.example.com/.well-known/openid-configuration: the document names another issuer",
      );
    }
  });

  it.each([
    "http://login.example.com/keys",
    "http://127.0.0.1:9/keys",
    "file:///etc/keys",
    "https://user:word@login.example.com/keys",
    "keys",
  ])("are not fetched from %s", async (jwksUri) => {
    const { find, asked } = rig({ keys: [first], jwksUri });
    expect(await find("k1")).toContain("jwks_uri is no https address");
    expect(asked.length).toBe(1);
  });

  it("need a key id where there are several, and none where there is one", async () => {
    expect(await rig({ keys: [first] }).find(undefined)).toBe("found");
    expect(await rig({ keys: [first, second] }).find(undefined)).toBe(
      "token_key_unknown: the token names no key, and login has several",
    );
  });

  it("are only for the algorithm and use they state", async () => {
    const refused = "token_key_unknown: login has no key of that id for ES256";
    for (const changes of [
      { alg: "ES384" },
      { use: "enc" },
      { key_ops: ["sign"] },
      { crv: "P-384" },
    ]) {
      expect(await rig({ keys: [{ ...first, ...changes }] }).find("k1")).toBe(refused);
    }
    expect(await rig({ keys: [first] }).find("k1", "RS256")).toBe(
      "token_key_unknown: login has no key of that id for RS256",
    );
    expect(await rig({ keys: [first, { ...second, kid: "k1" }] }).find("k1")).toBe(
      "token_key_unknown: login has several keys of that id for ES256",
    );
    expect(await rig({ keys: [{ ...first, x: "AAAA" }] }).find("k1")).toBe(
      "token_key_unknown: the key of login is no usable public key",
    );
  });

  it.each([
    ["no list", { k1: 1 }],
    ["an empty list", []],
    ["101 keys", Array.from({ length: 101 }, () => ({ kty: "EC" }))],
    ["a symmetric key only", [{ kty: "oct", k: "AAAA", kid: "k1" }]],
    ["a private key only", [{ kty: "EC", d: "AAAA", kid: "k1" }]],
    ["no objects", [7, null]],
  ])("are unavailable when the issuer publishes %s", async (_, keys) => {
    expect(await rig({ keys }).find("k1")).toMatch(/^issuer_unavailable: /);
  });
});
