import { createHash } from "node:crypto";

import type { Identity } from "../identity.ts";
import type { Revocation, RevocationSubject } from "../store.ts";

/**
 * One text a subject, the same in every replica. Spellings that differ in case or in Unicode's form only are one
 * subject: whoever revokes types a name as a directory shows it, which need not be how the issuer writes it. That a
 * second person may be meant too is the safe side; a revocation that names nobody would be found out too late.
 */
export function subjectKey(subject: RevocationSubject): string {
  return subject.by === "everything" ? "everything" : `${subject.by}:${folded(subject.value)}`;
}

/** Whether a name is left of it once everything that does not count is away. */
export function namesSomething(value: string): boolean {
  return folded(value) !== "";
}

/**
 * Upper case first: `\u00df` and `ss`, `\u03c2` and `\u03c3` have it in common. What nobody sees does not count either:
 * Windows puts a direction mark before a name that is copied from a certificate.
 */
function folded(value: string): string {
  const seen = value.toWellFormed().replace(/\p{Default_Ignorable_Code_Point}/gu, "");
  const cased = seen.normalize("NFKC").toUpperCase().toLowerCase();
  return cased.normalize("NFKC").trim();
}

/** The same without saying who it is, for what is only counted. */
export function hashedKey(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** Everything a revocation could name this identity by; the emergency stop first. */
export function subjectsOf(identity: Identity): readonly RevocationSubject[] {
  const { user, device, groups, keyThumbprint } = identity;
  return [
    { by: "everything" },
    ...(user === undefined ? [] : [{ by: "user" as const, value: user }]),
    ...(device === undefined ? [] : [{ by: "device" as const, value: device }]),
    ...(keyThumbprint === undefined ? [] : [{ by: "key" as const, value: keyThumbprint }]),
    ...[...new Set(groups)].map((value) => ({ by: "group" as const, value })),
  ];
}

/** Whom a request counts for: a person, else a device, else a key; two issuers' people never share a count. */
export function rateKeyOf(identity: Identity): string {
  const { from, user, device, keyThumbprint, tokenHash } = identity;
  const who =
    user === undefined
      ? device === undefined
        ? ["key", keyThumbprint ?? tokenHash]
        : ["device", device]
      : ["user", user];
  return JSON.stringify([from, ...who]);
}

/** Whether the first ends after the second, which would shorten it. */
export function outlasts(first: Revocation, second: Revocation): boolean {
  const end = ({ untilEpochSeconds }: Revocation) => untilEpochSeconds ?? Number.POSITIVE_INFINITY;
  return end(first) > end(second);
}

/** Whether the revocation still holds at that second. */
export function holds(revocation: Revocation, nowEpochSeconds: number): boolean {
  return (
    revocation.untilEpochSeconds === undefined || revocation.untilEpochSeconds > nowEpochSeconds
  );
}
