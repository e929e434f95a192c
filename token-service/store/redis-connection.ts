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

/** Well within the 12 hours after which clouds end a connection that was signed in with an identity. */
const renewMs = 3_600_000;

const away = () => new StoreUnavailable("the store does not answer");

/** Connects in the background and again for ever; while it is away every command fails at once. */
export function connectRedis(options: RedisConnectionOptions): RedisConnection {
  const { url, signIn, commandTimeoutMs } = options;
  let fault: StoreUnavailable | undefined = away();
  let closed = false;
  let recheck: NodeJS.Timeout | undefined;
  let signedInMs = performance.now();
  const client = createClient({
    url,
    ...(signIn === undefined
      ? {}
      : { credentialsProvider: { type: "async-credentials-provider", credentials: signIn } }),
    // A command that waited for a connection would be an answer given late, about a store that may have changed.
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    disableClientInfo: true,
    maintNotifications: "disabled",
    // A server that hangs without closing is noticed by its silence.
    pingInterval: 1_000,
    socket: {
      connectTimeout: 2_000,
      socketTimeout: 4_000,
      reconnectStrategy: (retries) =>
        Math.min(2_000, 50 * 2 ** Math.min(retries, 6)) * (0.75 + Math.random() / 2),
    },
  });

  const timed = async <T>(answer: Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      // A process that was held up reads its sockets first: an answer that is here already is not late.
      timer = setTimeout(() => setImmediate(() => reject(away())), commandTimeoutMs);
    });
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      throw asUnavailable(error);
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
      if (client.isOpen) client.destroy();
    },
  };

  const lost = (why: StoreUnavailable) => {
    fault = why;
  };
  const renew = async () => {
    if (signIn === undefined || performance.now() - signedInMs < renewMs) return;
    const { username, password } = await signIn();
    if (password === undefined) return;
    await connection.command("AUTH", ...(username === undefined ? [] : [username]), password);
    signedInMs = performance.now();
  };
  // Looks again at what an operator may put right, or wrong, without the connection ever closing.
  const check = async () => {
    try {
      // A sign-in that cannot be renewed now leaves a connection that works.
      await renew().catch(() => undefined);
      await options.check(connection);
      fault = undefined;
    } catch (error) {
      lost(error instanceof StoreUnavailable ? error : away());
    }
    clearTimeout(recheck);
    if (!closed) recheck = setTimeout(check, fault === undefined ? 30_000 : 2_000).unref();
  };
  client.on("ready", () => {
    signedInMs = performance.now();
    void check();
  });
  client.on("reconnecting", () => lost(away()));
  // Without a listener the first lost connection would end the process.
  client.on("error", () => lost(away()));
  client.connect().catch(() => lost(away()));
  return connection;
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
  return new StoreUnavailable(`the store refuses a command: ${code}`, "unsafe");
}
