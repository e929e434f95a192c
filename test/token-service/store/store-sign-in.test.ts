import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { describe, expect, it } from "vitest";

import { storeSignIn } from "../../../token-service/store/store-sign-in.ts";

const now = Date.UTC(2026, 10, 21, 12, 0, 0);
const keys = {
  accessKeyId: "ASIAEXAMPLEEXAMPLE00",
  secretAccessKey: "not-a-real-key/of+anybody",
  sessionToken: "session/token+with=signs",
};
const noFetch: typeof fetch = () => Promise.reject(new Error("nothing is asked"));
const signIn = (env: Record<string, string>, fetch = noFetch) =>
  storeSignIn({ env, fetch, now: () => now, ownAwsIdentity: async () => keys });

/** What the SDK's own signer makes of the same request. */
async function bySdk(cluster: string, user: string): Promise<URLSearchParams> {
  class Sha256 {
    readonly #hash;
    constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
      this.#hash =
        secret === undefined
          ? createHash("sha256")
          : createHmac("sha256", secret as string | Uint8Array);
    }
    update(data: string | ArrayBuffer | ArrayBufferView) {
      this.#hash.update(data as string | Uint8Array);
    }
    async digest() {
      return new Uint8Array(this.#hash.digest());
    }
    reset() {}
  }
  const signer = new SignatureV4({
    service: "memorydb",
    region: "eu-central-1",
    credentials: keys,
    sha256: Sha256,
  });
  const signed = await signer.presign(
    {
      method: "GET",
      protocol: "http:",
      hostname: cluster,
      path: "/",
      headers: { host: cluster },
      query: { Action: "connect", User: user },
    },
    { signingDate: new Date(now), expiresIn: 900 },
  );
  return new URLSearchParams(Object.entries(signed.query ?? {}) as [string, string][]);
}

describe("the sign-in to the store", () => {
  it("is a password where one is given, and nothing where none is", async () => {
    expect(await signIn({ COWORK_STORE_USER: "cowork", COWORK_STORE_PASSWORD: "given" })()).toEqual(
      { username: "cowork", password: "given" },
    );
    expect(await signIn({})()).toEqual({});
  });

  it("signs a MemoryDB token exactly as the SDK does, anew each time", async () => {
    const ask = signIn({
      COWORK_STORE_AUTH: "aws-memorydb-iam",
      COWORK_STORE_CLUSTER: "cowork-tokens-eu",
      COWORK_STORE_USER: "cowork-tokens-eu-user",
      AWS_REGION: "eu-central-1",
    });
    const { username, password = "" } = await ask();
    expect(username).toBe("cowork-tokens-eu-user");
    const [host, query] = password.split("/?");
    expect(host).toBe("cowork-tokens-eu");
    const sorted = (given: URLSearchParams) => [...given.entries()].sort();
    expect(sorted(new URLSearchParams(query))).toEqual(
      sorted(await bySdk("cowork-tokens-eu", "cowork-tokens-eu-user")),
    );
    expect(new URLSearchParams(query).get("X-Amz-Expires")).toBe("900");
  });

  it("never signs with a key that lives for years", async () => {
    const ask = storeSignIn({
      env: {
        COWORK_STORE_AUTH: "aws-memorydb-iam",
        COWORK_STORE_CLUSTER: "cowork-tokens-eu",
        COWORK_STORE_USER: "cowork-tokens-eu-user",
        AWS_REGION: "eu-central-1",
      },
      fetch: noFetch,
      now: () => now,
      ownAwsIdentity: async () => ({ accessKeyId: "long", secretAccessKey: "lived" }),
    });
    await expect(ask()).rejects.toThrow(
      "the service itself was given a long-lived AWS access key, which is not used; remove it and give its task, pod or instance a role",
    );
  });

  it("asks Google's metadata server for the service's own token", async () => {
    const asked: string[] = [];
    const fetch = (async (url) => {
      asked.push(String(url));
      return new Response(
        JSON.stringify({ access_token: "own", token_type: "Bearer", expires_in: 3599 }),
        { headers: { "metadata-flavor": "Google", "content-type": "application/json" } },
      );
    }) as typeof globalThis.fetch;
    const ask = signIn({ COWORK_STORE_AUTH: "google-iam", COWORK_STORE_USER: "default" }, fetch);
    expect(await ask()).toEqual({ username: "default", password: "own" });
    expect(asked).toEqual([
      "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token",
    ]);
  });

  it("asks the managed identity for a token of Azure's Redis", async () => {
    const asked: string[] = [];
    const fetch = (async (url) => {
      asked.push(String(url));
      return new Response(
        JSON.stringify({
          access_token: "own",
          token_type: "Bearer",
          expires_on: String(now / 1000 + 3600),
        }),
        { headers: { "content-type": "application/json" } },
      );
    }) as typeof globalThis.fetch;
    const ask = signIn(
      {
        COWORK_STORE_AUTH: "entra",
        COWORK_STORE_USER: "0b1f0c2e-7d3a-4e9b-8c6d-2a4f6e8b0c1d",
        IDENTITY_ENDPOINT: "http://127.0.0.1:42356/msi/token",
        IDENTITY_HEADER: "platform",
      },
      fetch,
    );
    expect(await ask()).toEqual({
      username: "0b1f0c2e-7d3a-4e9b-8c6d-2a4f6e8b0c1d",
      password: "own",
    });
    expect(asked).toEqual([
      "http://127.0.0.1:42356/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fredis.azure.com",
    ]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    [
      "a kind nobody knows",
      { COWORK_STORE_AUTH: "iam" },
      ["  COWORK_STORE_AUTH: is none of aws-memorydb-iam, google-iam, entra"],
    ],
    [
      "MemoryDB without cluster, user and region, and with a password beside",
      { COWORK_STORE_AUTH: "aws-memorydb-iam", COWORK_STORE_PASSWORD: "given" },
      [
        "  COWORK_STORE_CLUSTER: missing; aws-memorydb-iam needs it",
        "  COWORK_STORE_USER: missing; aws-memorydb-iam needs it",
        "  AWS_REGION: missing; aws-memorydb-iam needs it",
        "  COWORK_STORE_PASSWORD: contradicts aws-memorydb-iam; remove one of the two",
      ],
    ],
    [
      "Entra without the identity's object id",
      { COWORK_STORE_AUTH: "entra" },
      ["  COWORK_STORE_USER: missing; entra needs it"],
    ],
  ])("refuses %s", (_, env, problems) => {
    expect(() => signIn(env)).toThrow(
      ["the store's sign-in cannot be used", ...problems].join("\n"),
    );
  });
});
