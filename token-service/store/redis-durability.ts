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
  const policy = await setting(connection, "appendfsync");
  if (policy !== "always") {
    throw unsafe(
      `the store acknowledges before it writes to disk (appendfsync ${policy}); set appendfsync always in Redis`,
    );
  }
  // Holds for `always` too: while a rewrite runs, nothing is waited for.
  if ((await setting(connection, "no-appendfsync-on-rewrite")) !== "no") {
    throw unsafe(
      "the store acknowledges before it writes to disk while it rewrites its file; set no-appendfsync-on-rewrite no in Redis",
    );
  }
}

/**
 * Makes sure that Redis does not make room by forgetting: with any policy but `noeviction` a full store drops tokens
 * it has seen, which could then be presented again, or who was revoked. Several providers' default is `volatile-lru`.
 *
 * @param isVouchedFor Whether a store that does not say is taken at its operator's word.
 * @throws StoreUnavailable with the fix when it does.
 * @see https://redis.io/docs/latest/develop/reference/eviction/ (read 2026-11-21)
 */
export async function checkNothingEvicted(
  connection: RedisConnection,
  isVouchedFor: boolean,
): Promise<void> {
  let info = "";
  try {
    info = String(await connection.command("INFO", "memory"));
  } catch (error) {
    if (error instanceof StoreUnavailable && error.fault === "silent") throw error;
  }
  const [, limitBytes] = /^maxmemory:(\d+)\s*$/m.exec(info) ?? [];
  const [, policy] = /^maxmemory_policy:([a-z-]{1,30})\s*$/m.exec(info) ?? [];
  if (policy === "noeviction" || limitBytes === "0") return;
  if (policy !== undefined) {
    throw unsafe(
      `the store forgets tokens and revocations when it is full (maxmemory-policy ${policy}); set maxmemory-policy noeviction in Redis`,
    );
  }
  if (isVouchedFor) return;
  throw unsafe(
    "the store does not say what it does when it is full; allow the command INFO, or set store.durability to managed",
  );
}

async function setting(connection: RedisConnection, name: string): Promise<string> {
  let found: string | undefined;
  try {
    found = fieldOf(await connection.command("CONFIG", "GET", name));
  } catch (error) {
    if (error instanceof StoreUnavailable && error.fault === "silent") throw error;
  }
  if (found !== undefined) return found;
  throw unsafe(
    "the store does not say when it writes to disk; allow the command CONFIG GET, or set store.durability to managed",
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
