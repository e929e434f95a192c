import { memoryStore } from "../../../token-service/store/memory.ts";
import {
  type RedisStore,
  type RedisStoreOptions,
  redisStore,
} from "../../../token-service/store/redis.ts";
import type { Admission, Store } from "../../../token-service/store.ts";
import {
  type RedisOptions,
  type RedisServer,
  startRedisServer,
} from "../../services/redis-server.ts";

const closers: (() => Promise<void>)[] = [];

export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

export async function openRedis(
  options: RedisOptions = { appendOnly: true },
): Promise<RedisServer> {
  const server = await startRedisServer(options);
  closers.push(server.close);
  return server;
}

export function openStore(url: string, more: Partial<RedisStoreOptions> = {}): RedisStore {
  const store = redisStore({
    url,
    geography: "eu",
    durability: "append-only",
    lossMattersSeconds: () => 3600,
    now: Date.now,
    ...more,
  });
  closers.push(() => store.close());
  return store;
}

/** Waits until the store says it can answer, or for the reason to be the one expected. */
export async function until(store: Store, expected?: string): Promise<void> {
  const end = Date.now() + 20_000;
  let said: string | undefined = "never asked";
  while (Date.now() < end) {
    said = await store.unready();
    if (said === expected) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`the store says ${said}`);
}

let openedRedis: Promise<RedisServer> | undefined;
let geographies = 0;

/** Both stores, each empty. */
export const kinds = {
  memory: async (): Promise<Store> => memoryStore({ now: Date.now }),
  redis: async (): Promise<Store> => {
    openedRedis ??= startRedisServer({ appendOnly: true });
    geographies += 1;
    const store = openStore((await openedRedis).url, { geography: `eu-${geographies}` });
    await until(store);
    return store;
  },
};

export async function closeSharedRedis(): Promise<void> {
  await (await openedRedis)?.close();
}

export const nowSeconds = () => Math.floor(Date.now() / 1000);

export function admission(more: Partial<Admission> = {}): Admission {
  return {
    once: { key: `token-${Math.random()}`, untilEpochSeconds: nowSeconds() + 600 },
    subjects: [{ by: "everything" }, { by: "user", value: "alice" }],
    rateKey: "alice",
    requestsPerMinute: 6000,
    ...more,
  };
}
