import { createClient } from "redis";
import { afterEach, expect, it } from "vitest";

import type { RedisConnection } from "../../../token-service/store/redis-connection.ts";
import { checkNothingEvicted } from "../../../token-service/store/redis-durability.ts";
import { StoreUnavailable } from "../../../token-service/store.ts";
import { admission, closeAll, nowSeconds, openRedis, openStore, until } from "./stores.ts";

afterEach(closeAll);

const lost =
  "the store came back without what it had acknowledged; revoke again whom you had revoked, then run confirm-store, or wait until every token and credential of that time is over";

async function redisCommand(url: string, ...args: string[]): Promise<unknown> {
  const client = createClient({ url });
  client.on("error", () => {});
  await client.connect();
  const answer = await client.sendCommand(args);
  client.destroy();
  return answer;
}

const faultOf = (error: unknown) => (error instanceof StoreUnavailable ? error.fault : undefined);

it("refuses at once while Redis is away, and loses nothing acknowledged over a SIGKILL in the middle of a load", async () => {
  const server = await openRedis();
  const stores = [openStore(server.url), openStore(server.url)];
  for (const store of stores) await until(store);
  const tokens = Array.from({ length: 4000 }, () => admission());
  const accepted = new Map<string, number>();
  let refused = 0;
  let longestMs = 0;
  const present = async (one: ReturnType<typeof admission>, replica: number) => {
    const started = performance.now();
    try {
      const { replayed } = await stores[replica]!.admit(one);
      const key = one.once!.key;
      if (!replayed) accepted.set(key, (accepted.get(key) ?? 0) + 1);
    } catch (error) {
      expect(error).toBeInstanceOf(StoreUnavailable);
      refused += 1;
    }
    longestMs = Math.max(longestMs, performance.now() - started);
  };
  let revoked = false;
  for (let at = 0; at < tokens.length; at += 50) {
    // Every token twice, at two replicas, some at the same moment.
    const some = tokens.slice(at, at + 50);
    const load = some.flatMap((one) => [present(one, 0), present(one, 1)]);
    if (at === 1000) {
      await stores[0]!.revoke({
        subject: { by: "user", value: "mallory" },
        reason: "test",
        revokedBy: "root",
        revokedAtEpochSeconds: nowSeconds(),
        untilEpochSeconds: undefined,
      });
      revoked = true;
      await server.kill();
    }
    await Promise.all(load);
    if (at === 2000) {
      await server.restart();
      for (const store of stores) await until(store);
    }
  }
  const before = [...accepted.keys()];
  for (const one of tokens.filter(({ once }) => accepted.has(once!.key))) await present(one, 0);
  expect([...accepted.values()].every((times) => times === 1)).toBe(true);
  expect([...accepted.keys()]).toEqual(before);
  expect(refused).toBeGreaterThan(500);
  expect(before.length).toBeGreaterThan(1000);
  expect(longestMs).toBeLessThan(5000);
  expect(revoked).toBe(true);
  const mallory = admission({ subjects: [{ by: "user", value: "mallory" }] });
  expect((await stores[1]!.admit(mallory)).revocation?.reason).toBe("test");
});

it("fails closed in every replica once a store came back empty, until an operator confirms", async () => {
  const server = await openRedis();
  const [one, two] = [openStore(server.url), openStore(server.url)];
  await until(one);
  await until(two);
  await redisCommand(server.url, "FLUSHALL");
  await expect(one.admit(admission())).rejects.toThrow(lost);
  await expect(one.admit(admission())).rejects.toSatisfy((error) => faultOf(error) === "unsafe");
  // One that starts only now does not take the empty store for a new one.
  const late = openStore(server.url);
  await until(late, lost);
  await expect(late.admit(admission())).rejects.toThrow(lost);
  // Revoking again is what has to be possible now.
  await one.revoke({
    subject: { by: "everything" },
    reason: "again",
    revokedBy: "root",
    revokedAtEpochSeconds: 1,
    untilEpochSeconds: undefined,
  });
  expect(await late.confirmLoss()).toBe(true);
  expect(await late.confirmLoss()).toBe(false);
  await until(one);
  // Hears of the loss only now, after the confirmation.
  expect((await two.admit(admission())).revocation?.reason).toBe("again");
  expect(await two.unready()).toBeUndefined();
});

it("serves again by itself when the time is over in which what was lost mattered", async () => {
  const server = await openRedis();
  const store = openStore(server.url, { lossMattersSeconds: () => 1 });
  await until(store);
  await redisCommand(server.url, "FLUSHALL");
  await expect(store.admit(admission())).rejects.toThrow(lost);
  await until(store);
  expect((await store.admit(admission())).replayed).toBe(false);
});

it("goes on after a loss when the operator vouches for the store", async () => {
  const server = await openRedis({ appendOnly: false });
  const store = openStore(server.url, { durability: "managed" });
  await until(store);
  await redisCommand(server.url, "FLUSHALL");
  expect((await store.admit(admission())).replayed).toBe(false);
});

it("a new store notices a restart that emptied it by the missing epoch", async () => {
  const server = await openRedis();
  const store = openStore(server.url);
  await until(store);
  await redisCommand(server.url, "DEL", "{cowork:eu}:epoch");
  await server.restart();
  await until(store, lost);
});

it.each([
  {
    when: "nothing is written to disk",
    change: ["CONFIG", "SET", "appendonly", "no"],
    right: "yes",
    says: "the store keeps nothing on disk; set appendonly yes and appendfsync always in Redis, or store.durability to managed when it is kept another way",
  },
  {
    when: "it acknowledges first and writes later",
    change: ["CONFIG", "SET", "appendfsync", "everysec"],
    right: "always",
    says: "the store acknowledges before it writes to disk (appendfsync everysec); set appendfsync always in Redis",
  },
  {
    when: "it does not wait for the disk while it rewrites its file",
    change: ["CONFIG", "SET", "no-appendfsync-on-rewrite", "yes"],
    says: "the store acknowledges before it writes to disk while it rewrites its file; set no-appendfsync-on-rewrite no in Redis",
    right: "no",
  },
  {
    when: "it forgets what has an end first when it is full",
    change: ["CONFIG", "SET", "maxmemory", "100mb", "maxmemory-policy", "volatile-lru"],
    says: "the store forgets tokens and revocations when it is full (maxmemory-policy volatile-lru); set maxmemory-policy noeviction in Redis",
    right: "0",
  },
  {
    when: "it does not say",
    change: ["ACL", "SETUSER", "default", "-config"],
    says: "the store does not say when it writes to disk; allow the command CONFIG GET, or set store.durability to managed",
  },
])(
  "is unready and refuses when $when, and heals once that is put right",
  async ({ change, says, right }) => {
    const server = await openRedis();
    await redisCommand(server.url, ...change);
    const store = openStore(server.url);
    await until(store, says);
    await expect(store.admit(admission())).rejects.toThrow(says);
    await expect(store.admit(admission())).rejects.toSatisfy(
      (error) => faultOf(error) === "unsafe",
    );
    if (right !== undefined) {
      await redisCommand(server.url, "CONFIG", "SET", change[2]!, right);
      await until(store);
    }
  },
);

it("refuses a store that forgets when it is full also where the operator vouches for it", async () => {
  const server = await openRedis({ appendOnly: false });
  await redisCommand(server.url, "CONFIG", "SET", "maxmemory", "100mb");
  const allKeys = ["CONFIG", "SET", "maxmemory-policy", "allkeys-lru"];
  await redisCommand(server.url, ...allKeys);
  const store = openStore(server.url, { durability: "managed" });
  await until(
    store,
    "the store forgets tokens and revocations when it is full (maxmemory-policy allkeys-lru); set maxmemory-policy noeviction in Redis",
  );
  await redisCommand(server.url, "CONFIG", "SET", "maxmemory-policy", "noeviction");
  await until(store);
});

it("believes no store that says nothing of it, unless the operator vouches for it", async () => {
  const silent: RedisConnection = {
    command: async () => "# Memory\r\nused_memory:1\r\n",
    run: async () => undefined,
    fault: () => undefined,
    close: () => undefined,
  };
  await expect(checkNothingEvicted(silent, false)).rejects.toThrow(
    "the store does not say what it does when it is full; allow the command INFO, or set store.durability to managed",
  );
  await checkNothingEvicted(silent, true);
});

it("takes the operator's word for a store that does not say what it does when it is full", async () => {
  const server = await openRedis({ appendOnly: false });
  await redisCommand(server.url, "ACL", "SETUSER", "default", "-info");
  await until(openStore(server.url, { durability: "managed" }));
});

it("needs the password, and never repeats it", async () => {
  const server = await openRedis();
  const password = "a-password-of-the-test";
  await redisCommand(server.url, "CONFIG", "SET", "requirepass", password);
  await until(openStore(server.url, { signIn: async () => ({ password }) }));
  const wrong = openStore(server.url, {
    signIn: async () => ({ password: "another" }),
  });
  await expect(wrong.admit(admission())).rejects.toThrow("the store does not answer");
  expect(await openStore(server.url).unready()).toBe("the store does not answer");
});

it("signs in anew with every connection, as tokens that end need it", async () => {
  const server = await openRedis();
  await redisCommand(server.url, "ACL", "SETUSER", "cowork", "on", ">first", "~*", "+@all");
  const given = ["first", "second"];
  let asked = 0;
  const signIn = async () => {
    asked += 1;
    return { username: "cowork", password: given[0] ?? "" };
  };
  const store = openStore(server.url, { signIn });
  await until(store);
  expect(asked).toBe(1);
  await redisCommand(server.url, "ACL", "SETUSER", "cowork", "<first", ">second");
  given.shift();
  await redisCommand(server.url, "CLIENT", "KILL", "USER", "cowork");
  await until(store);
  expect((await store.admit(admission())).replayed).toBe(false);
  expect(asked).toBe(2);
});

it("is away while nobody can sign in", async () => {
  const server = await openRedis();
  const store = openStore(server.url, { signIn: () => Promise.reject(new Error("no identity")) });
  expect(await store.unready()).toBe("the store does not answer");
  await expect(store.admit(admission())).rejects.toThrow("the store does not answer");
});

it("does not keep a request waiting for a Redis that hangs", async () => {
  const server = await openRedis();
  const store = openStore(server.url, { commandTimeoutMs: 200 });
  await until(store);
  await redisCommand(server.url, "CLIENT", "PAUSE", "3000");
  await expect(store.admit(admission())).rejects.toThrow("the store does not answer");
});

it("two geographies in one Redis do not see each other", async () => {
  const server = await openRedis();
  const [eu, us] = [openStore(server.url), openStore(server.url, { geography: "us" })];
  await until(eu);
  await until(us);
  const one = admission();
  expect((await eu.admit(one)).replayed).toBe(false);
  expect((await us.admit(one)).replayed).toBe(false);
  expect((await us.admit(one)).replayed).toBe(true);
});

it("keeps no name of a person but those that were revoked", async () => {
  const server = await openRedis();
  const store = openStore(server.url);
  await until(store);
  const subjects = [{ by: "user" as const, value: "alice@example.com" }];
  await store.admit(admission({ subjects, rateKey: "alice@example.com", requestsPerMinute: 1 }));
  await store.noteIssued(subjects, { expiresAtEpochSeconds: nowSeconds() + 900 });
  const keys = (await redisCommand(server.url, "KEYS", "*")) as string[];
  const members = await redisCommand(server.url, "ZRANGE", "{cowork:eu}:issued", "0", "-1");
  expect(keys.length).toBe(4);
  expect(JSON.stringify([keys, members])).not.toContain("alice");
});
