import type { ExchangeContext } from "../../exchange/exchange.ts";

export interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** 2026-11-21T10:20:30Z. */
export const nowSeconds = 1_795_256_430;

/** A context whose fetch records, and answers each request in turn; the last answer repeats. */
export function recording(...answers: readonly (() => Response)[]): {
  readonly context: ExchangeContext;
  readonly sent: Sent[];
} {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const answer = answers[Math.min(sent.length, answers.length - 1)];
    sent.push({
      url: String(url),
      method: init?.method ?? "GET",
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: textOf(init?.body),
    });
    return answer === undefined ? new Response(null, { status: 503 }) : answer();
  };
  const context = {
    fetch,
    now: () => nowSeconds * 1000 + 789,
    signal: new AbortController().signal,
  };
  return { context, sent };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}) {
  return () => new Response(JSON.stringify(body), { status, headers });
}

/** Unsigned text in the shape of a JWT: what a test wants to be seen in a token. */
export function jwtOf(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256" })}.${part(claims)}.c2lnbmF0dXJl`;
}

function textOf(body: unknown): string {
  return body instanceof Uint8Array ? Buffer.from(body).toString() : String(body ?? "");
}
