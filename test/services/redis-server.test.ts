import { createClient } from "redis";
import { afterEach, expect, test } from "vitest";
import { type RedisOptions, type RedisServer, startRedisServer } from "./redis-server.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(options: RedisOptions): Promise<RedisServer> {
  const server = await startRedisServer(options);
  closers.push(server.close);
  return server;
}

/** One connection for one piece of work, so that no reconnecting client hides a server that is gone. */
async function withClient<T>(
  server: RedisServer,
  work: (client: ReturnType<typeof createClient>) => Promise<T>,
): Promise<T> {
  const client = createClient({ url: server.url, socket: { reconnectStrategy: false } });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client as ReturnType<typeof createClient>);
  } finally {
    client.destroy();
  }
}

test("what an append-only server acknowledged survives SIGKILL and a restart on the same port", async () => {
  const server = await start({ appendOnly: true });
  const { url } = server;
  await withClient(server, (client) => client.set("seen", "yes"));
  await server.kill();
  await expect(withClient(server, (client) => client.get("seen"))).rejects.toThrow("ECONNREFUSED");
  await server.restart();
  expect(server.url).toBe(url);
  expect(await withClient(server, (client) => client.get("seen"))).toBe("yes");
});

test("a server without append-only forgets everything", async () => {
  const server = await start({ appendOnly: false });
  await withClient(server, (client) => client.set("seen", "yes"));
  await server.restart();
  expect(await withClient(server, (client) => client.get("seen"))).toBeNull();
});

test("append-only is the test's explicit choice: the default forgets too", async () => {
  const server = await start({});
  await withClient(server, (client) => client.set("seen", "yes"));
  await server.restart();
  expect(await withClient(server, (client) => client.get("seen"))).toBeNull();
});

test("two servers do not see each other", async () => {
  const [one, two] = [await start({}), await start({})];
  await withClient(one, (client) => client.set("seen", "yes"));
  expect(await withClient(two, (client) => client.get("seen"))).toBeNull();
});

test("without redis-server the error names the package", async () => {
  await expect(startRedisServer({ command: "redis-server-that-is-not-there" })).rejects.toThrow(
    "redis-server-that-is-not-there is not installed; these tests need a real one: apt-get install redis-server",
  );
});
