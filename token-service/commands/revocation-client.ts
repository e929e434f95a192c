import type { z } from "zod";

import { tokenRefusal } from "../../contract/token-api.ts";
import { auditLine } from "../audit/line.ts";
import { CommandFailed, type Io } from "../config/io.ts";
import { openRedisStore } from "../open-store.ts";
import { openPolicySource } from "../policy/policy-source.ts";
import {
  liftAnswer,
  type RevocationAnswer,
  type RevocationRequest,
  revocationAnswer,
  revocationList,
  revocationsPath,
} from "../server/revocation-api.ts";
import { revoke } from "../server/revoke.ts";
import type { RedisStore } from "../store/redis.ts";
import { subjectKey } from "../store/subjects.ts";
import { neededConfig } from "./needed-config.ts";
import { neededOrigin } from "./service-origin.ts";
import { tokenFrom } from "./token-from.ts";

export type Revocations = z.infer<typeof revocationList>["revocations"];

/** The same three verbs over either way in. */
export interface RevocationClient {
  revoke(request: RevocationRequest): Promise<RevocationAnswer>;
  lift(subject: RevocationRequest["subject"]): Promise<boolean>;
  list(): Promise<Revocations>;
  close(): Promise<void>;
}

/** Asks the service, as an administrator. A token counts once, so each command needs a new one. */
export function clientOfService(given: string, io: Io): RevocationClient {
  const url = neededOrigin(given);
  const ask = async <Answer>(method: string, shape: z.ZodType<Answer>, body?: object) => {
    const response = await io
      .fetch(new URL(revocationsPath, url), {
        method,
        headers: {
          authorization: `Bearer ${await tokenFrom("COWORK_ADMIN_TOKEN", io)}`,
          ...(body ? { "content-type": "application/json" } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
        redirect: "error",
        signal: AbortSignal.timeout(30_000),
      })
      .catch(() => {
        throw new CommandFailed(`${url} does not answer`);
      });
    const answer: unknown = await response.json().catch(() => undefined);
    const parsed = shape.safeParse(answer);
    if (response.ok && parsed.success) return parsed.data;
    const refusal = tokenRefusal.safeParse(answer);
    if (!refusal.success)
      throw new CommandFailed(`${url} is no token service (${response.status})`);
    const { code, message, traceId } = refusal.data;
    throw new CommandFailed(`refused: ${message} (${code}, trace ${traceId})`);
  };
  return {
    revoke: (request) => ask("POST", revocationAnswer, request),
    lift: async (subject) => (await ask("DELETE", liftAnswer, { subject })).lifted,
    list: async () => (await ask("GET", revocationList)).revocations,
    close: async () => undefined,
  };
}

/** Straight to the store, for whom its network and password let in: for when no issuer answers. */
export async function clientOfStore(file: string | undefined, io: Io): Promise<RevocationClient> {
  const { store, geography } = await openStoreOf(file, io);
  const by = `store/${io.userName}`;
  // The service does not see this; the event goes to standard error, where the operator's own records are.
  const record = (reason: string, subject: RevocationRequest["subject"]) =>
    io.err(
      auditLine({
        event: "revocation",
        time: new Date(io.now()).toISOString(),
        traceId: crypto.randomUUID().replaceAll("-", ""),
        geography,
        decision: "allow",
        reason,
        subject: subjectKey(subject),
        revokedBy: by,
      }).trimEnd(),
    );
  return {
    async revoke(request) {
      const answer = await revoke(store, io.now, { ...request, revokedBy: by });
      record(`revoked: ${request.reason}`, request.subject);
      return answer;
    },
    async lift(subject) {
      const lifted = await store.lift(subject);
      record(lifted ? "lifted" : "nothing to lift", subject);
      return lifted;
    },
    list: async () =>
      (await store.revocations()).map(({ untilEpochSeconds, ...rest }) => ({
        ...rest,
        ...(untilEpochSeconds === undefined ? {} : { untilEpochSeconds }),
      })),
    close: () => store.close(),
  };
}

/** The configured Redis, connected. @throws CommandFailed when there is none or it does not answer. */
export async function openStoreOf(
  file: string | undefined,
  io: Io,
): Promise<{ readonly store: RedisStore; readonly geography: string }> {
  const config = await neededConfig(file, io);
  if (config.store.kind !== "redis") {
    throw new CommandFailed(
      "store.kind is memory, which only the service itself reaches; use --url",
    );
  }
  const policies = await openPolicySource({ config, readFile: io.readFile });
  policies.close();
  const store = openRedisStore(config, config.store, {
    env: io.env,
    fetch: io.fetch,
    now: io.now,
    policy: () => policies.current(),
  });
  const lastMs = performance.now() + 5_000;
  const fault = async () => {
    for (;;) {
      try {
        await store.revocations();
        return undefined;
      } catch (error) {
        if (performance.now() > lastMs) return error instanceof Error ? error.message : "failed";
        await new Promise((done) => setTimeout(done, 50));
      }
    }
  };
  const reason = await fault();
  if (reason === undefined) return { store, geography: config.geography };
  await store.close();
  throw new CommandFailed(reason);
}
