import { createClient } from "redis";
import { afterAll, beforeAll, expect, it } from "vitest";

import { storeAccess } from "../../../../components/aws/token-service/store.ts";
import { redisStore } from "../../../../token-service/store/redis.ts";
import { type RedisServer, startRedisServer } from "../../../services/redis-server.ts";

const username = "tokens";
const password = "only-for-this-test";
let server: RedisServer;

/** Runs commands one after another; answers or first words of refusals. */
async function answers(
  as: { readonly username: string; readonly password: string } | undefined,
  commands: readonly (readonly string[])[],
): Promise<string[]> {
  const client = createClient({ url: server.url, ...as });
  client.on("error", () => {});
  await client.connect();
  const said: string[] = [];
  for (const command of commands) {
    said.push(
      await client
        .sendCommand([...command])
        .then(String, (error: Error) => String(error.message.split(" ")[0])),
    );
  }
  client.destroy();
  return said;
}

beforeAll(async () => {
  server = await startRedisServer();
  // The words MemoryDB takes are those of ACL SETUSER; its way of signing in is not Redis'.
  const rules = ["reset", `>${password}`, ...storeAccess("eu").split(" ")];
  expect(await answers(undefined, [["ACL", "SETUSER", username, ...rules]])).toEqual(["OK"]);
});

afterAll(async () => {
  await server.close();
});

it("lets the service do all it does with its store", async () => {
  const store = redisStore({
    url: server.url,
    geography: "eu",
    durability: "managed",
    signIn: async () => ({ username, password }),
    lossMattersSeconds: () => 60,
    now: Date.now,
  });
  const now = Math.floor(Date.now() / 1000);
  const user = { by: "user", value: "mallory" } as const;
  const admit = () =>
    store.admit({
      once: { key: "one", untilEpochSeconds: now + 600 },
      subjects: [{ by: "everything" }, user],
      rateKey: "mallory",
      requestsPerMinute: 60,
    });
  await expect.poll(() => store.unready()).toBeUndefined();

  expect((await admit()).replayed).toBe(false);
  expect((await admit()).replayed).toBe(true);
  expect(await store.noteIssued([user], { expiresAtEpochSeconds: now + 900 })).toBeUndefined();
  expect(await store.lastExpiry(user)).toBe(now + 900);
  await store.revoke({
    subject: user,
    reason: "left",
    revokedBy: "admin",
    revokedAtEpochSeconds: now,
    untilEpochSeconds: undefined,
  });
  expect((await store.revocations()).map(({ reason }) => reason)).toEqual(["left"]);
  expect((await admit()).revocation?.reason).toBe("left");
  expect(await store.lift(user)).toBe(true);
  expect(await store.confirmLoss()).toBe(false);
  await store.close();
});

it("lets it do nothing else", async () => {
  const refused = [
    ["GET", "{cowork:us}:epoch"],
    ["FLUSHALL"],
    ["FLUSHDB"],
    ["CONFIG", "GET", "dir"],
    ["ACL", "LIST"],
    ["KEYS", "*"],
    ["SCAN", "0"],
    ["SAVE"],
    ["SHUTDOWN", "NOSAVE"],
    ["REPLICAOF", "127.0.0.1", "1"],
    ["MONITOR"],
    ["PUBLISH", "c", "m"],
    ["EVAL", "return redis.call('GET', 'other')", "0"],
  ];
  const said = await answers({ username, password }, refused);
  expect(said.map((word, at) => `${refused[at]?.[0]}: ${word}`)).toEqual(
    refused.map(([name]) => `${name}: ${name === "EVAL" ? "ERR" : "NOPERM"}`),
  );
});
