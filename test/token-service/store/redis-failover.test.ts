import { connect, createServer } from "node:net";
import { createClient } from "redis";
import { afterEach, expect, it } from "vitest";
import { closeServer, listen } from "../../services/loopback.ts";
import { admission, closeAll, openRedis, openStore, until } from "./stores.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await closeAll();
});

async function startNode() {
  const { port } = await openRedis();
  const client = createClient({ url: `redis://127.0.0.1:${port}` });
  client.on("error", () => {});
  await client.connect();
  closing.push(() => client.destroy());
  return { port, say: (...command: string[]) => client.sendCommand(command).then(String) };
}

/** One address for whichever node is the primary, as managed stores have; open connections stay where they are. */
async function startName(port: number) {
  const name = { port, url: "" };
  const server = createServer((near) => {
    const far = connect(name.port, "127.0.0.1");
    for (const end of [near, far]) end.on("error", () => {});
    near.pipe(far).pipe(near);
    closing.push(() => [near, far].map((end) => end.destroy()));
  });
  name.url = `redis://127.0.0.1:${await listen(server)}`;
  closing.push(() => closeServer(server));
  return name;
}

const onlyReads =
  "the store's address leads to a replica, which takes no writes; it has to lead to the primary";

it("a primary that became a replica is not ready, and its name is asked again for the new one", async () => {
  const [one, two] = [await startNode(), await startNode()];
  await two.say("REPLICAOF", "127.0.0.1", String(one.port));
  const within = { timeout: 15_000 };
  await expect
    .poll(() => two.say("INFO", "replication"), within)
    .toContain("master_link_status:up");
  const name = await startName(one.port);
  const store = openStore(name.url);
  await until(store);
  const seen = admission();
  expect((await store.admit(seen)).replayed).toBe(false);
  await one.say("WAIT", "1", "5000");

  // Nobody closes the connection: the old primary goes on answering reads.
  await two.say("REPLICAOF", "NO", "ONE");
  await one.say("REPLICAOF", "127.0.0.1", String(two.port));
  await expect(store.admit(admission())).rejects.toThrow(onlyReads);
  expect(await store.unready()).toBe(onlyReads);

  name.port = two.port;
  await expect.poll(() => store.unready(), within).toBeUndefined();
  expect((await store.admit(seen)).replayed).toBe(true);
}, 60_000);

it("a store that opens at a replica is not ready, and says why", async () => {
  const [one, two] = [await startNode(), await startNode()];
  await two.say("REPLICAOF", "127.0.0.1", String(one.port));
  const store = openStore(`redis://127.0.0.1:${two.port}`, { durability: "managed" });
  await expect.poll(() => store.unready(), { timeout: 10_000 }).toBe(onlyReads);
}, 30_000);
