import { describe, expect, it } from "vitest";

import { type HelperConfig, helperConfig } from "../../contract/helper-config.ts";
import type { SecretStore } from "../../credential-helper/secret-store/secret-store.ts";
import { readSession, writeSession } from "../../credential-helper/session.ts";
import { exampleConfig } from "./support/helper-sandbox.ts";

function memoryStore(): SecretStore & { readonly records: Map<string, string> } {
  const records = new Map<string, string>();
  return {
    records,
    kind: "plain",
    name: "memory",
    read: async (name) => records.get(name),
    write: async (name, text) => void records.set(name, text),
    remove: (name) => void records.delete(name),
  };
}

const config = helperConfig.parse(exampleConfig);
const session = { refreshToken: "refresh", proofKey: '{"kty":"EC"}' };

function withSignIn(changes: Readonly<Record<string, unknown>>): HelperConfig {
  return helperConfig.parse({ ...exampleConfig, signIn: { ...exampleConfig.signIn, ...changes } });
}

describe("a sign-in's session", () => {
  it("comes back for the issuer and client it came from", async () => {
    const store = memoryStore();
    expect(await readSession(store, config)).toBeUndefined();
    await writeSession(store, config, session);
    expect(await readSession(store, config)).toEqual(session);
    expect(await readSession(store, { ...config, ttlSeconds: 600 })).toEqual(session);
  });

  it("is shown to no other issuer and no other client", async () => {
    const store = memoryStore();
    await writeSession(store, config, session);
    const issuer = withSignIn({ issuer: "https://other.example.com" });
    expect(await readSession(store, issuer)).toBeUndefined();
    expect(await readSession(store, withSignIn({ clientId: "other" }))).toBeUndefined();
  });

  it("is of no use for other scopes or another resource, which only a new sign-in brings", async () => {
    const store = memoryStore();
    await writeSession(store, config, session);
    expect(await readSession(store, withSignIn({ scopes: "offline_access  openid" }))).toEqual(
      session,
    );
    const more = withSignIn({ scopes: "openid offline_access groups" });
    expect(await readSession(store, more)).toBeUndefined();
    const other = withSignIn({ resource: "https://tokens.example.com" });
    expect(await readSession(store, other)).toBeUndefined();
  });

  it("goes when it is forgotten, or holds nothing", async () => {
    const store = memoryStore();
    await writeSession(store, config, session);
    await writeSession(store, config, undefined);
    expect(store.records.size).toBe(0);
    await writeSession(store, config, { refreshToken: undefined, proofKey: undefined });
    expect(store.records.size).toBe(0);
  });

  it("keeps no refresh token where the configuration says so", async () => {
    const store = memoryStore();
    const forgetful = withSignIn({ keepRefreshToken: false });
    await writeSession(store, forgetful, session);
    expect(await readSession(store, forgetful)).toEqual({
      refreshToken: undefined,
      proofKey: '{"kty":"EC"}',
    });
    await writeSession(store, forgetful, { refreshToken: "refresh", proofKey: undefined });
    expect(store.records.size).toBe(0);
  });

  it("is absent when what is kept is anything else", async () => {
    const store = memoryStore();
    for (const text of ["", "[]", '"x"', '{"sessionVersion":2}', '{"sessionVersion":1}']) {
      store.records.set("session", text);
      expect(await readSession(store, config)).toBeUndefined();
    }
  });
});
