import { randomBytes } from "node:crypto";

import { type Admitted, type Revocation, type Store, StoreUnavailable } from "../store.ts";
import { onceMarginSeconds } from "./once-keys.ts";
import { connectRedis, type RedisConnection, script } from "./redis-connection.ts";
import { checkAppendOnly, checkNothingEvicted } from "./redis-durability.ts";
import { admitScript, confirmScript, lossScript, noteScript, revokeScript } from "./scripts.ts";
import type { StoreSignIn } from "./store-sign-in.ts";
import { hashedKey, holds, subjectKey } from "./subjects.ts";

export interface RedisStoreOptions {
  readonly url: string;
  /** Services of several geographies never share a store's keys, should they share the server by mistake. */
  readonly geography: string;
  readonly durability: "append-only" | "managed";
  /** Default: an empty store is a new one when the service starts. */
  readonly expect?: "existing" | undefined;
  /** Default: no sign-in. */
  readonly signIn?: StoreSignIn | undefined;
  /** Longest age of a token plus longest session, in seconds: how long data that was lost would have mattered. */
  readonly lossMattersSeconds: () => number;
  /** Milliseconds since 1970-01-01. */
  readonly now: () => number;
  /** Longest wait for one answer. Default 1000 milliseconds. */
  readonly commandTimeoutMs?: number;
}

export interface RedisStore extends Store {
  /** An operator vouches that revocations are in place again. False when nothing was lost. */
  confirmLoss(): Promise<boolean>;
}

interface Guarded {
  readonly keys: readonly string[];
  /** Two: the script's own. */
  readonly args: readonly string[];
  readonly subjects: readonly string[];
  /** 0: there is no credential. */
  readonly untilEpochSeconds: number;
}

const scripts = {
  admit: script(admitScript),
  note: script(noteScript),
  loss: script(lossScript),
  confirm: script(confirmScript),
  revoke: script(revokeScript),
};

const passed: Admitted = { replayed: false, revocation: undefined, retryAfterSeconds: undefined };

/** A store shared by replicas: one round trip a request, and nothing is vouched for that it does not know. */
export function redisStore(options: RedisStoreOptions): RedisStore {
  const { geography, durability, lossMattersSeconds, now } = options;
  // The braces keep all keys in one slot of a cluster.
  const key = (...parts: readonly string[]) => [`{cowork:${geography}}`, ...parts].join(":");
  const common = [key("epoch"), key("lost"), key("revocations"), key("issued")];
  const lossKeys = [key("epoch"), key("lost"), key("confirmed")];
  const nowSeconds = () => Math.floor(now() / 1000);
  let epoch: string | undefined;

  const noticeLoss = async (on: RedisConnection) => {
    const args = [epoch ?? "", randomBytes(16).toString("hex"), String(lossMattersSeconds())];
    epoch = String(await on.run(scripts.loss, lossKeys, args));
  };

  /** A service that starts knows no epoch; told that the store was in use, it takes none for a loss. */
  const noticeMissing = async (on: RedisConnection) => {
    if ((await on.command("GET", key("epoch"))) === null) await noticeLoss(on);
  };

  const connection = connectRedis({
    url: options.url,
    signIn: options.signIn,
    commandTimeoutMs: options.commandTimeoutMs ?? 1000,
    async check(on) {
      if (durability === "append-only") await checkAppendOnly(on);
      await checkNothingEvicted(on, durability === "managed");
      // Changes nothing, and a replica refuses it all the same.
      await on.command("HDEL", key("revocations"), "");
      const fresh = randomBytes(16).toString("hex");
      const first = epoch === undefined;
      if (first && options.expect === "existing") await noticeMissing(on);
      if (first) await on.command("SET", key("epoch"), fresh, "NX");
      const held = await on.command("GET", key("epoch"));
      if (durability === "managed" && held === null) {
        await on.command("SET", key("epoch"), fresh, "NX");
      }
      if (epoch === undefined || durability === "managed") {
        epoch = String(await on.command("GET", key("epoch")));
      } else if (held !== epoch) await noticeLoss(on);
    },
  });

  const usable = () => {
    const fault = connection.fault();
    if (fault) throw fault;
  };

  /** Runs a guarded script; what it answers first says whether the rest means anything. */
  const guarded = async (
    which: "admit" | "note",
    { keys, args, subjects, untilEpochSeconds }: Guarded,
  ): Promise<readonly unknown[]> => {
    usable();
    const ask = async () => {
      const hashes = subjects.map(hashedKey).join(" ");
      const shared = [epoch ?? "", String(nowSeconds()), String(untilEpochSeconds), hashes];
      const all = [...shared, ...args, ...subjects];
      return connection.run(scripts[which], [...common, ...keys], all);
    };
    let reply = await ask();
    if (headOf(reply) === "epoch") {
      if (durability === "managed") {
        await connection.command("SET", key("epoch"), randomBytes(16).toString("hex"), "NX");
        epoch = String(await connection.command("GET", key("epoch")));
      } else await noticeLoss(connection);
      reply = await ask();
    }
    if (headOf(reply) === "lost") throw lostData();
    // "epoch" a second time: it changes faster than it can be read.
    if (!Array.isArray(reply) || headOf(reply) === "epoch") {
      throw new StoreUnavailable("the store does not answer");
    }
    return reply;
  };

  return {
    async admit({ once, subjects, rateKey, requestsPerMinute, credentialUntilEpochSeconds }) {
      const keepMs = once
        ? Math.max(1, (once.untilEpochSeconds + onceMarginSeconds) * 1000 - now())
        : 0;
      const [head, more] = await guarded("admit", {
        keys: [key("once", once?.key ?? ""), key("rate", hashedKey(rateKey))],
        args: [String(Math.ceil(keepMs)), String(requestsPerMinute)],
        subjects: subjects.map(subjectKey),
        untilEpochSeconds: credentialUntilEpochSeconds ?? 0,
      });
      if (head === "revoked") return { ...passed, revocation: decode(String(more)) };
      if (head === "replayed") return { ...passed, replayed: true };
      if (head === "limited") return { ...passed, retryAfterSeconds: Number(more) };
      if (head === "passed") return passed;
      throw new StoreUnavailable("the store does not answer");
    },
    async noteIssued(subjects, { expiresAtEpochSeconds }) {
      const [head, more] = await guarded("note", {
        keys: [],
        args: ["", ""],
        subjects: subjects.map(subjectKey),
        untilEpochSeconds: expiresAtEpochSeconds,
      });
      return head === "revoked" ? decode(String(more)) : undefined;
    },
    async revoke(revocation) {
      usable();
      const field = subjectKey(revocation.subject);
      await connection.run(scripts.revoke, [key("revocations")], [field, encode(revocation)]);
    },
    async lift(subject) {
      usable();
      return (await connection.command("HDEL", key("revocations"), subjectKey(subject))) === 1;
    },
    async revocations() {
      usable();
      const texts = await connection.command("HVALS", key("revocations"));
      if (!Array.isArray(texts)) throw new StoreUnavailable("the store does not answer");
      return texts
        .map(String)
        .map(decode)
        .filter((one) => holds(one, nowSeconds()));
    },
    async lastExpiry(subject) {
      usable();
      const score = await connection.command(
        "ZSCORE",
        key("issued"),
        hashedKey(subjectKey(subject)),
      );
      return score === null || Number(score) <= nowSeconds() ? undefined : Number(score);
    },
    async unready() {
      try {
        usable();
        const lost = await connection.command("EXISTS", key("lost"));
        return lost === 0 ? undefined : lostData().message;
      } catch (error) {
        return error instanceof Error ? error.message : "the store does not answer";
      }
    },
    async confirmLoss() {
      usable();
      return (await connection.run(scripts.confirm, lossKeys, [])) === 1;
    },
    close: async () => connection.close(),
  };
}

function headOf(reply: unknown): unknown {
  return Array.isArray(reply) ? reply[0] : undefined;
}

/** When it ends comes first, so that a script can read it without understanding the rest. */
function encode(revocation: Revocation): string {
  return `${revocation.untilEpochSeconds ?? 0}:${JSON.stringify(revocation)}`;
}

function decode(text: string): Revocation {
  const { untilEpochSeconds, ...rest } = JSON.parse(
    text.slice(text.indexOf(":") + 1),
  ) as Revocation;
  return { ...rest, untilEpochSeconds };
}

function lostData(): StoreUnavailable {
  return new StoreUnavailable(
    "the store came back without what it had acknowledged; revoke again whom you had revoked, then run confirm-store, or wait until every token and credential of that time is over",
    "unsafe",
  );
}
