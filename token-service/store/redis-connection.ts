import { createHash } from "node:crypto";

import { createClient } from "redis";
import { StoreUnavailable } from "../store.ts";
import type { StoreSignIn } from "./store-sign-in.ts";

export interface RedisConnectionOptions {
  /** `rediss://host:port`, or `redis://` on the machine itself; no password in it. */
  readonly url: string;
  /** Asked with every connection. Default: no sign-in. */
  readonly signIn: StoreSignIn | undefined;
  /** Longest wait for one answer, in milliseconds. */
  readonly commandTimeoutMs: number;
  /** Runs on every connection before it is used; what it throws is why the store is not. */
  readonly check: (connection: RedisConnection) => Promise<void>;
}

export interface Script {
  readonly source: string;
  readonly sha1: string;
}

/** The few things the store asks of a connection; each throws StoreUnavailable when it gets no answer. */
export interface RedisConnection {
  command(...args: readonly string[]): Promise<unknown>;
  run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown>;
  /** Absent once the check passed on the present connection. */
  fault(): StoreUnavailable | undefined;
  close(): void;
}

export function script(source: string): Script {
  return { source, sha1: createHash("sha1").update(source).digest("hex") };
}

const away = () => new StoreUnavailable("the store does not answer");
const onlyReads = new StoreUnavailable(
  "the store's address leads to a replica, which takes no writes; it has to lead to the primary",
  "unsafe",
);

/** Connects in the background and again for ever; while it is away every command fails at once. */
export function connectRedis(options: RedisConnectionOptions): RedisConnection {
  const { url, signIn, commandTimeoutMs } = options;
  let fault: StoreUnavailable | undefined = away();
  let closed = false;
  let recheck: NodeJS.Timeout | undefined;
  let moving: NodeJS.Timeout | undefined;
  /** Absent while the configured address is asked. */
  let followed: string | undefined;
  const open = (address: string) => {
    const opened = createClient(clientOptions(address, signIn));
    // What a client says that was replaced meanwhile is of no interest.
    const current = () => opened === client && !closed;
    opened.on("ready", () => {
      if (current()) void check();
    });
    const gone = () => {
      if (!current()) return;
      lost(away());
      // The node a cluster sent us to went away: any other knows better who has the keys now.
      if (followed !== undefined) moveTo(undefined);
    };
    opened.on("reconnecting", gone);
    // Without a listener the first lost connection would end the process.
    opened.on("error", gone);
    opened.connect().catch(gone);
    return opened;
  };
  const moveTo = (address: string | undefined) => {
    const before = client;
    followed = address;
    client = open(address ?? url);
    if (before.isOpen) before.destroy();
  };

  const timed = async <T>(answer: Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(away()), commandTimeoutMs);
    });
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      const address = movedTo(url, error);
      const unavailable = address === undefined ? asUnavailable(error) : away();
      if ((address !== undefined || unavailable === onlyReads) && !moving && !closed) {
        lost(address === undefined ? onlyReads : away());
        // Two nodes may send us to each other while they change roles: not faster than this. A node that became a
        // replica keeps its connections: the configured address may lead to the primary by now.
        const waitMs = address === undefined ? 500 : 100;
        moving = setTimeout(() => {
          moving = undefined;
          if (!closed) moveTo(address);
        }, waitMs).unref();
      }
      throw unavailable;
    } finally {
      clearTimeout(timer);
    }
  };

  const connection: RedisConnection = {
    command: (...args) => timed(client.sendCommand([...args])),
    async run({ source, sha1 }, keys, args) {
      const rest = [String(keys.length), ...keys, ...args];
      try {
        return await timed(client.sendCommand(["EVALSHA", sha1, ...rest]));
      } catch (error) {
        if (!(error instanceof UnknownScript)) throw error;
        return await timed(client.sendCommand(["EVAL", source, ...rest]));
      }
    },
    fault: () => fault,
    close() {
      closed = true;
      clearTimeout(recheck);
      clearTimeout(moving);
      if (client.isOpen) client.destroy();
    },
  };

  const lost = (why: StoreUnavailable) => {
    fault = why;
  };
  // Looks again at what an operator may put right, or wrong, without the connection ever closing.
  const check = async () => {
    try {
      await options.check(connection);
      fault = undefined;
    } catch (error) {
      lost(error instanceof StoreUnavailable ? error : away());
    }
    clearTimeout(recheck);
    if (!closed) recheck = setTimeout(check, fault === undefined ? 30_000 : 2_000).unref();
  };
  let client = open(url);
  return connection;
}

function clientOptions(url: string, signIn: StoreSignIn | undefined) {
  return {
    url,
    ...(signIn === undefined
      ? {}
      : {
          credentialsProvider: { type: "async-credentials-provider", credentials: signIn } as const,
        }),
    // A command that waited for a connection would be an answer given late, about a store that may have changed.
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    disableClientInfo: true,
    maintNotifications: "disabled" as const,
    // A server that hangs without closing is noticed by its silence.
    pingInterval: 1_000,
    socket: {
      connectTimeout: 2_000,
      socketTimeout: 4_000,
      reconnectStrategy: (retries: number) =>
        Math.min(2_000, 50 * 2 ** Math.min(retries, 6)) * (0.75 + Math.random() / 2),
    },
  };
}

/**
 * Where a cluster of one shard says our keys are: another node of it, which has them since it was asked last. The
 * scheme stays, so that TLS does; a cluster that leaves the host out means the same host.
 * @see https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#moved-redirection
 */
export function movedTo(url: string, error: unknown): string | undefined {
  const text = error instanceof Error ? error.message : "";
  const [, host, port] = /^MOVED \d{1,5} ([A-Za-z0-9.-]*):(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined) return undefined;
  const { protocol, hostname } = new URL(url);
  // Without TLS, sign-in and names stay on the machine, as the configuration has it.
  if (protocol !== "rediss:" && host && !["127.0.0.1", "localhost"].includes(host)) {
    return undefined;
  }
  return `${protocol}//${host || hostname}:${port}`;
}

class UnknownScript extends Error {}

/** Errors of the client name hosts and commands; callers need to know only whether asking again can help. */
function asUnavailable(error: unknown): Error {
  if (error instanceof StoreUnavailable) return error;
  const text = error instanceof Error ? error.message : "";
  if (text.startsWith("NOSCRIPT")) return new UnknownScript(text);
  // Only the first word, an error code of Redis: the rest may repeat arguments.
  const code = /^[A-Z]{3,20}(?= )/.exec(text)?.[0];
  if (code === undefined) return away();
  if (code === "READONLY") return onlyReads;
  return new StoreUnavailable(`the store refuses a command: ${code}`, "unsafe");
}
