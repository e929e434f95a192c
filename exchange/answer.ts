import type { z } from "zod";

import { type ExchangeContext, ExchangeError } from "./exchange.ts";
import type { UpstreamAnswer } from "./upstream.ts";

/**
 * Reads a provider's answer, or says why there is none.
 *
 * @param codeOf The provider's own error code in an error's body. It has to come from a closed list: an upstream
 *   may echo the token where a code belongs.
 * @throws ExchangeError `unavailable` for 408, 429 and 5xx, else `refused`.
 */
export function readAnswer<Schema extends z.ZodType>(
  answer: UpstreamAnswer,
  schema: Schema,
  codeOf: (body: unknown) => string | undefined,
): z.infer<Schema> {
  const { host, status, text } = answer;
  const body = parseJson(text);
  if (status !== 200) throw statusError(host, status, codeOf(body));
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  // Names of fields come from the schema, never from the answer.
  const names = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? "")));
  const fields = [...names].filter((name) => name !== "").sort();
  const what = fields.length === 0 ? "" : `: ${fields.join(", ")} is missing or of another kind`;
  throw new ExchangeError("refused", host, `${host} answered with something else${what}`);
}

export function statusError(host: string, status: number, code: string | undefined): ExchangeError {
  const unavailable = status === 408 || status === 429 || status >= 500;
  const said = code === undefined ? `status ${status}` : `status ${status}, ${code}`;
  return unavailable
    ? new ExchangeError("unavailable", host, `${host} cannot answer now (${said})`, code)
    : new ExchangeError("refused", host, `${host} refused (${said})`, code);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A clock of theirs may run ahead of ours by this much. */
const clockSkewSeconds = 60;

/**
 * When a credential ends, if that is as soon as was asked. One that lives longer is refused: it would outlive
 * the time a revocation is promised to take.
 *
 * @returns Never later than asked, even where the provider's clock runs ahead.
 * @throws ExchangeError `refused`.
 */
export function checkedExpiry(
  credential: {
    readonly host: string;
    readonly expiresAtEpochSeconds: number;
    readonly askedSeconds: number;
    /** Whose clock the end was read from; theirs may run ahead. */
    readonly clock: "ours" | "theirs";
    /** What an administrator can do about one that lives too long. */
    readonly fix: string;
  },
  { now }: Pick<ExchangeContext, "now">,
): number {
  const { host, askedSeconds } = credential;
  const nowSeconds = Math.floor(now() / 1000);
  const expires = Math.floor(credential.expiresAtEpochSeconds);
  if (!Number.isSafeInteger(expires)) {
    throw new ExchangeError("refused", host, `${host} does not say when its credential ends`);
  }
  if (expires <= nowSeconds) {
    throw new ExchangeError("refused", host, `${host} gave a credential that has ended already`);
  }
  const tolerated = credential.clock === "theirs" ? clockSkewSeconds : 0;
  if (!(expires - nowSeconds <= askedSeconds + tolerated)) {
    const message = `${host} gave a credential of ${expires - nowSeconds} s where ${askedSeconds} s are allowed; ${credential.fix}`;
    throw new ExchangeError("refused", host, message);
  }
  return Math.min(expires, nowSeconds + askedSeconds);
}
