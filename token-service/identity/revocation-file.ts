import { createHash } from "node:crypto";

import type { Refused } from "../identity.ts";
import type { Certificate } from "./certificate.ts";
import { refuse } from "./refused.ts";
import { type RevocationList, readRevocationLists } from "./revocation-list.ts";

/** A list dated further ahead than clocks differ would make every right one after it look old. */
const futureToleranceSeconds = 300;

/** How often a list's file is looked at, in seconds; what it says counts from then on. */
export const revocationCheckSeconds = 5;

export interface RevocationFile {
  /** Why the certificate, issued by that authority, is not known to be good; undefined when it is. */
  problemOf(certificate: Certificate, authority: Certificate): Promise<Refused | undefined>;
}

interface RevocationSource {
  readonly file: string;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly nowEpochSeconds: () => number;
  /** Told once a change: a file that cannot be used, while the list before it stays in force until it ends. */
  readonly onProblem: (problem: string) => void;
}

/** Revocation lists from a file that is read again when it changes. */
export function openRevocationFile(source: RevocationSource): RevocationFile {
  const { file, nowEpochSeconds, onProblem } = source;
  let lists: readonly RevocationList[] = [];
  let verified = new Map<string, readonly RevocationList[]>();
  let digest = "";
  let said = "";
  let checkedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  const say = (problem: string) => {
    if (problem !== said && problem !== "") onProblem(`${file}: ${problem}`);
    said = problem;
  };
  const check = async () => {
    try {
      const bytes = await source.readFile(file);
      const found = createHash("sha256").update(bytes).digest("hex");
      if (found !== digest) {
        const next = readRevocationLists(bytes);
        if (isOlder(next, lists)) throw new Error("is older than the list in force");
        const latest = nowEpochSeconds() + futureToleranceSeconds;
        if (next.some(({ thisUpdate }) => thisUpdate > latest)) {
          throw new Error("is dated in the future; compare the clocks");
        }
        lists = next;
        verified = new Map();
        digest = found;
      }
      say("");
    } catch (error) {
      say(error instanceof Error ? error.message : "cannot be read");
    }
    checkedAt = nowEpochSeconds();
  };
  const listsOf = (authority: Certificate) => {
    const { fingerprint256 } = authority.x509;
    const known = verified.get(fingerprint256);
    if (known !== undefined) return known;
    const own = lists.filter(
      (list) => list.issuerName === authority.subjectName && list.isSignedBy(authority),
    );
    verified.set(fingerprint256, own);
    return own;
  };

  return {
    async problemOf(certificate, authority) {
      // A clock that was turned back is a reason to look, too.
      if (Math.abs(nowEpochSeconds() - checkedAt) >= revocationCheckSeconds) {
        running ??= check().finally(() => {
          running = undefined;
        });
        await running;
      }
      const own = listsOf(authority);
      if (own.some(({ revoked }) => revoked.has(certificate.serial))) {
        return refuse(
          "certificate_revoked",
          "the certificate, or an authority above it, is revoked",
        );
      }
      const now = nowEpochSeconds();
      if (own.some(({ thisUpdate, nextUpdate }) => thisUpdate <= now && now < nextUpdate)) {
        return undefined;
      }
      return refuse(
        "certificate_untrusted",
        own.length === 0
          ? "there is no usable revocation list of the certificate's authority"
          : "the revocation list of the certificate's authority is not current; publish a new one",
      );
    },
  };
}

/**
 * Whether some authority's newest list is older than its newest in force. An authority that was renewed with another
 * key has two lists under one name, and each of them comes out at its own time.
 */
function isOlder(next: readonly RevocationList[], lists: readonly RevocationList[]): boolean {
  const before = newestByAuthority(lists);
  return [...newestByAuthority(next)].some(([key, newest]) => newest < (before.get(key) ?? newest));
}

function newestByAuthority(lists: readonly RevocationList[]): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  for (const { issuerName, authorityKey, thisUpdate } of lists) {
    const key = `${issuerName} ${authorityKey}`;
    newest.set(key, Math.max(newest.get(key) ?? thisUpdate, thisUpdate));
  }
  return newest;
}
