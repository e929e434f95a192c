import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";
import { afterEach, expect, it } from "vitest";
import { redisStore } from "../../../token-service/store/redis.ts";
import { movedTo } from "../../../token-service/store/redis-connection.ts";
import { freePort } from "../../services/loopback.ts";
import { startProgram } from "../../services/program.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A node of a cluster, as MemoryDB's are. */
async function startNode() {
  const folder = await mkdtemp(join(tmpdir(), "cowork-redis-"));
  const port = await freePort();
  const busPort = await freePort();
  const args = ["--port", `${port}`, "--cluster-port", `${busPort}`, "--bind", "127.0.0.1"];
  const program = await startProgram("redis-server", {
    args: [...args, "--cluster-enabled", "yes", "--save", "", "--appendonly", "no"],
    cwd: folder,
    ready: /Ready to accept connections/,
    missing:
      "redis-server is not installed; these tests need a real one: apt-get install redis-server",
  });
  const url = `redis://127.0.0.1:${port}`;
  const client = createClient({ url });
  client.on("error", () => {});
  await client.connect();
  closing.push(async () => {
    client.destroy();
    await program.stop("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });
  const say = (...command: string[]) => client.sendCommand(command).then(String);
  return { url, port, busPort, say };
}

/** One shard: a primary with all keys, and its replica. */
async function startShard() {
  const [primary, replica] = [await startNode(), await startNode()];
  await primary.say("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
  await replica.say("CLUSTER", "MEET", "127.0.0.1", `${primary.port}`, `${primary.busPort}`);
  const id = await primary.say("CLUSTER", "MYID");
  const within = { timeout: 10_000 };
  await expect.poll(() => replica.say("CLUSTER", "NODES"), within).toContain(id);
  await expect.poll(() => replica.say("CLUSTER", "REPLICATE", id).catch(String), within).toBe("OK");
  await expect
    .poll(() => replica.say("INFO", "replication"), within)
    .toContain("master_link_status:up");
  await expect.poll(() => replica.say("CLUSTER", "INFO"), within).toContain("cluster_state:ok");
  return { primary, replica };
}

const now = Math.floor(Date.now() / 1000);
const admission = (key: string) => ({
  once: { key, untilEpochSeconds: now + 600 },
  subjects: [{ by: "everything" } as const],
  rateKey: "somebody",
  requestsPerMinute: 6000,
});

it("finds the primary from a replica, and again after they changed roles", async () => {
  const { replica } = await startShard();
  const store = redisStore({
    url: replica.url,
    geography: "eu",
    durability: "managed",
    lossMattersSeconds: () => 60,
    now: Date.now,
  });
  closing.push(() => store.close());
  const within = { timeout: 20_000 };
  await expect.poll(() => store.unready(), within).toBeUndefined();
  expect((await store.admit(admission("one"))).replayed).toBe(false);

  await replica.say("CLUSTER", "FAILOVER");
  await expect.poll(() => replica.say("ROLE"), within).toContain("master");
  // What was acknowledged before is known after, whoever answers.
  const replayed = () =>
    store.admit(admission("one")).then(
      ({ replayed }) => replayed,
      () => undefined,
    );
  await expect.poll(replayed, within).toBe(true);
  await expect.poll(() => store.unready(), within).toBeUndefined();
}, 60_000);

it.each([
  [
    "rediss://clustercfg.tokens.example:6379",
    "MOVED 100 node-1.example:6380",
    "rediss://node-1.example:6380",
  ],
  [
    "rediss://clustercfg.tokens.example:6379",
    "MOVED 100 :6380",
    "rediss://clustercfg.tokens.example:6380",
  ],
  ["redis://127.0.0.1:1", "MOVED 16383 127.0.0.1:2", "redis://127.0.0.1:2"],
])("keeps the scheme of %s when it says %s", (url, message, address) => {
  expect(movedTo(url, new Error(message))).toBe(address);
});

it.each([
  "ASK 100 127.0.0.1:2",
  "MOVED 100 user@host:1",
  "MOVED 100 host:1/0",
  "ERR MOVED 1 a:1",
  "",
])("goes nowhere for %j", (message) => {
  expect(movedTo("rediss://store.example", new Error(message))).toBeUndefined();
});

it("a store without TLS is not followed off the machine, where its password would be read on the way", () => {
  const moved = new Error("MOVED 1 10.0.0.5:6379");
  expect(movedTo("redis://127.0.0.1:6379", moved)).toBeUndefined();
  expect(movedTo("rediss://store.example:6379", moved)).toBe("rediss://10.0.0.5:6379");
});
