import { verify } from "node:crypto";

import { type Certificate, serialHex, signatureHashes } from "./certificate.ts";
import { extensionsIn } from "./certificate-extensions.ts";
import {
  children,
  type DerValue,
  epochSeconds,
  headerAt,
  objectIdentifier,
  readDer,
  tags,
} from "./der.ts";
import { pemBlocks } from "./pem.ts";

/** A certificate revocation list (RFC 5280, 5), complete and of one authority. */
export interface RevocationList {
  /** DER of the authority's name, hexadecimal. */
  readonly issuerName: string;
  /** Which of the authority's keys signed it (RFC 5280, 5.2.1), hexadecimal; empty where the list does not say. */
  readonly authorityKey: string;
  /** Seconds since 1970-01-01. */
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  /** Serial numbers as {@link serialHex} writes them. */
  readonly revoked: ReadonlySet<string>;
  readonly isSignedBy: (authority: Certificate) => boolean;
}

/** The lists of a file, PEM (several, one after the other) or one in DER. Throws with a reason. */
export function readRevocationLists(bytes: Uint8Array): readonly RevocationList[] {
  if (bytes[0] === tags.sequence) return [readList(bytes)];
  const blocks = pemBlocks(Buffer.from(bytes).toString("latin1"), "X509 CRL");
  if (blocks === undefined || blocks.length === 0) {
    throw new Error("is neither DER nor PEM blocks named X509 CRL and nothing else");
  }
  return blocks.map(readList);
}

function readList(der: Uint8Array): RevocationList {
  try {
    return listOf(der);
  } catch (error) {
    if (error instanceof UnusableList) throw error;
    throw new Error("cannot be read as a version 2 revocation list");
  }
}

class UnusableList extends Error {}

const authorityKeyIdentifier = "2.5.29.35";

function listOf(der: Uint8Array): RevocationList {
  const [tbs, outer, signature, ...more] = children(readDer(der), tags.sequence);
  // The first byte says how many bits at the end do not count; of a signature all do.
  const whole = signature?.tag === tags.bitString && signature.content[0] === 0;
  if (tbs === undefined || !whole || more.length > 0) throw new Error("not well formed");
  const fields = children(tbs, tags.sequence);
  const [version, inner, issuer, thisUpdate, nextUpdate] = fields;
  const algorithm = objectIdentifier(children(inner, tags.sequence)[0]);
  // RFC 5280, 5.1.1.2: the same, parameters included. The outer one is not signed.
  if (outer === undefined || inner === undefined || !isSame(outer.encoded, inner.encoded)) {
    throw new Error("two signature algorithms");
  }
  const hash = Object.hasOwn(signatureHashes, algorithm) ? signatureHashes[algorithm] : undefined;
  if (hash === undefined)
    throw new UnusableList("is signed with an algorithm that is not accepted");
  if (version?.tag !== tags.integer || issuer === undefined) throw new Error("not version 2");
  if (nextUpdate?.tag !== tags.utcTime && nextUpdate?.tag !== tags.generalizedTime) {
    throw new UnusableList("does not say when the next one is due");
  }
  const rest = fields.slice(5);
  const extensions = extensionsIn(rest.find(({ tag }) => tag === 0xa0));
  refuseCritical(extensions);
  const entries = rest.find(({ tag }) => tag === tags.sequence);
  return {
    issuerName: Buffer.from(issuer.encoded).toString("hex"),
    authorityKey: Buffer.from(extensions.get(authorityKeyIdentifier)?.value ?? []).toString("hex"),
    thisUpdate: epochSeconds(thisUpdate),
    nextUpdate: epochSeconds(nextUpdate),
    revoked: revokedIn(entries),
    isSignedBy: ({ x509, keyUsage }) => {
      if (keyUsage !== undefined && !keyUsage.has("cRLSign")) return false;
      try {
        return verify(hash, tbs.encoded, x509.publicKey, signature.content.subarray(1));
      } catch {
        return false;
      }
    },
  };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

/** Issuing distribution point and delta indicator are critical: such a list leaves certificates out. */
function refuseCritical(extensions: ReturnType<typeof extensionsIn>): void {
  const critical = [...extensions].filter(([, extension]) => extension.critical).map(([id]) => id);
  if (critical.length === 0) return;
  throw new UnusableList(
    `is partial, a delta or of several authorities (critical ${critical.join(", ")}); only a complete list can be used`,
  );
}

/** Whatever the reason: a certificate on hold is revoked for as long as the list says so. */
function revokedIn(entries: DerValue | undefined): ReadonlySet<string> {
  const revoked = new Set<string>();
  if (entries === undefined) return revoked;
  const { buffer, byteOffset, length } = entries.content;
  const bytes = Buffer.from(buffer, byteOffset, length);
  for (let at = 0; at < length; ) {
    const entry = headerAt(bytes, at);
    if (entry.tag !== tags.sequence) throw new Error("not well formed");
    const serial = headerAt(bytes, entry.contentAt);
    if (serial.tag !== tags.integer || serial.end > entry.end) throw new Error("no serial");
    revoked.add(serialHex(bytes, serial.contentAt, serial.end));
    at = entry.end;
  }
  return revoked;
}
