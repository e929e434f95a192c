import { createClient } from "redis";

/**
 * What the store's disk takes for itself: writes of one key, at a constant rate, with nothing around them.
 *
 * @param url of the Redis to write to.
 * @returns milliseconds of each, from when it was due.
 */
export async function bareWrites(
  url: string,
  writesPerSecond: number,
  seconds: number,
): Promise<readonly number[]> {
  const client = createClient({ url });
  await client.connect();
  try {
    const startMs = performance.now() + 100;
    const all = Array.from({ length: writesPerSecond * seconds }, async (_, index) => {
      const dueMs = startMs + (index * 1000) / writesPerSecond;
      await new Promise((done) => setTimeout(done, Math.max(0, dueMs - performance.now())));
      await client.set(`bench:${index}`, "x", { expiration: { type: "EX", value: 60 } });
      return performance.now() - dueMs;
    });
    return await Promise.all(all);
  } finally {
    client.destroy();
  }
}
