import { randomUUID } from "node:crypto";

/**
 * The trace a request belongs to: the caller's, when its `traceparent` is well formed to the letter of W3C Trace
 * Context (version 00), else a new one. What is not well formed never reaches a log.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header (read 2026-11-21)
 */
export function traceIdOf(traceparents: readonly string[]): string {
  const [only, ...more] = traceparents;
  const given = more.length > 0 ? undefined : only;
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(given ?? "");
  const [, traceId = "", parent = ""] = match ?? [];
  const wellFormed = /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(parent);
  return wellFormed ? traceId : randomHex();
}

/** For the answer: this service's own span of the trace. */
export function traceparentOf(traceId: string): string {
  return `00-${traceId}-${randomHex().slice(16)}-01`;
}

/** 32 digits of a random UUID, which Node draws from a pool: asking the system each time costs six times as much. */
function randomHex(): string {
  return randomUUID().replaceAll("-", "");
}
