import type { AuditEvent } from "../decision.ts";

/** Every field an event may have, in the order of its line; does not compile while one is missing. */
const fields = {
  event: true,
  time: true,
  traceId: true,
  geography: true,
  route: true,
  provider: true,
  context: true,
  decision: true,
  policy: true,
  wouldAllow: true,
  code: true,
  reason: true,
  from: true,
  user: true,
  device: true,
  tokenHash: true,
  keyThumbprint: true,
  expiresAtEpochSeconds: true,
  durationMilliseconds: true,
  subject: true,
  revokedBy: true,
} as const satisfies Record<keyof AuditEvent, true>;
const names = Object.keys(fields) as readonly (keyof AuditEvent)[];

/** Longest text of a field: an issuer may vouch for names of any length. */
const maxTextLength = 512;
const maxListLength = 32;

/** The event's listed fields, texts cut to a length a log store keeps; anything else an object carries stays out. */
export function auditFields(event: AuditEvent): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    names.filter((name) => event[name] !== undefined).map((name) => [name, bounded(event[name])]),
  );
}

/** One line of JSON, ASCII only: no terminal, viewer or line splitter reads anything into it. */
export function auditLine(event: AuditEvent): string {
  const text = JSON.stringify(auditFields(event)).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${text}\n`;
}

function bounded(value: unknown): unknown {
  if (typeof value === "string") {
    return value.length > maxTextLength ? `${value.slice(0, maxTextLength)}...` : value;
  }
  return Array.isArray(value) ? value.slice(0, maxListLength).map(bounded) : value;
}
