import { StoreUnavailable } from "../store.ts";
import type { RedisConnection } from "./redis-connection.ts";

/**
 * Makes sure that Redis writes to disk before it acknowledges.
 *
 * @throws StoreUnavailable with the fix when it does not, or when that cannot be told.
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/ (appendfsync; read 2026-11-21)
 */
export async function checkAppendOnly(connection: RedisConnection): Promise<void> {
  const info = String(await connection.command("INFO", "persistence"));
  if (!/^aof_enabled:1\s*$/m.test(info)) {
    throw unsafe(
      "the store keeps nothing on disk; set appendonly yes and appendfsync always in Redis, or store.durability to managed when it is kept another way",
    );
  }
  if (!/^aof_last_write_status:ok\s*$/m.test(info)) {
    throw unsafe("the store's last write to disk failed; give Redis disk space it can write to");
  }
  let policy: string | undefined;
  try {
    policy = fieldOf(await connection.command("CONFIG", "GET", "appendfsync"));
  } catch (error) {
    if (error instanceof StoreUnavailable && error.fault === "silent") throw error;
  }
  if (policy === undefined) {
    throw unsafe(
      "the store does not say when it writes to disk; allow the command CONFIG GET, or set store.durability to managed",
    );
  }
  if (policy === "always") return;
  throw unsafe(
    `the store acknowledges before it writes to disk (appendfsync ${policy}); set appendfsync always in Redis`,
  );
}

/** A list in Redis' second protocol, a record or a map in its third. */
function fieldOf(reply: unknown): string | undefined {
  if (Array.isArray(reply)) return typeof reply[1] === "string" ? reply[1] : undefined;
  if (reply instanceof Map) return fieldOf([...reply.entries()][0]);
  if (typeof reply === "object" && reply !== null) return fieldOf(Object.entries(reply)[0]);
  return undefined;
}

const unsafe = (message: string) => new StoreUnavailable(message, "unsafe");
