/**
 * A strict reader for DER (ITU-T X.690): single-byte tags, definite and shortest lengths, nothing left over.
 * OpenSSL checks signatures and shape; this only reads what Node does not show: key usages, path lengths,
 * critical extensions, names one by one, revocation lists. Written here because asn1js stops at 10,000 values,
 * about 2,000 revoked certificates, and pkijs passes over lists that are partial or deltas.
 */

export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag and length included. */
  readonly encoded: Uint8Array;
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The one value the bytes hold. Throws when they hold less or more. */
export function readDer(bytes: Uint8Array, tag?: number): DerValue {
  const value = valueAt(bytes, 0);
  if (value.encoded.length !== bytes.length) throw new Error("bytes after the end");
  if (tag !== undefined && value.tag !== tag) throw new Error("another type than expected");
  return value;
}

/** The values inside another, one after the other. Throws at the first that is not well formed. */
export function* valuesIn(content: Uint8Array): Generator<DerValue> {
  for (let at = 0; at < content.length; ) {
    const value = valueAt(content, at);
    yield value;
    at += value.encoded.length;
  }
}

/** The values of a sequence or set. */
export function children(value: DerValue | undefined, tag: number): DerValue[] {
  if (value?.tag !== tag) throw new Error("another type than expected");
  return [...valuesIn(value.content)];
}

export function objectIdentifier(value: DerValue | undefined): string {
  if (value?.tag !== tags.objectIdentifier || value.content.length === 0) {
    throw new Error("no object identifier");
  }
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of value.content) {
    arc = arc * 128 + (byte & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 128) throw new Error("an object identifier is too large");
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [joint = 0, ...rest] = arcs;
  const first = Math.min(Math.floor(joint / 40), 2);
  return [first, joint - first * 40, ...rest].join(".");
}

/** Seconds since 1970-01-01 of a UTCTime or GeneralizedTime as RFC 5280, 4.1.2.5 wants them. */
export function epochSeconds(value: DerValue | undefined): number {
  const text = value === undefined ? "" : Buffer.from(value.content).toString("latin1");
  const short = value?.tag === tags.utcTime && /^\d{12}Z$/.test(text);
  const long = value?.tag === tags.generalizedTime && /^\d{14}Z$/.test(text);
  if (!short && !long) throw new Error("no time");
  const full = long ? text : `${Number(text.slice(0, 2)) >= 50 ? "19" : "20"}${text}`;
  const iso = full.replace(/^(....)(..)(..)(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const at = Date.parse(iso);
  if (Number.isNaN(at)) throw new Error("no time");
  return at / 1000;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
const utf16 = new TextDecoder("utf-16be", { fatal: true });

/** The text of a string type whose alphabet is certain; others, TeletexString for one, throw. */
export function textOf({ tag, content }: DerValue): string {
  switch (tag) {
    case tags.utf8String:
      return utf8.decode(content);
    case tags.bmpString:
      return utf16.decode(content);
    case tags.printableString:
    case tags.ia5String:
      return asciiText(content);
    default:
      throw new Error("no text in an alphabet that is certain");
  }
}

export function asciiText(content: Uint8Array): string {
  if (content.some((byte) => byte > 0x7f)) throw new Error("a text is not ASCII");
  return Buffer.from(content).toString("latin1");
}

function valueAt(bytes: Uint8Array, start: number): DerValue {
  const { tag, contentAt, end } = headerAt(bytes, start);
  return { tag, content: bytes.subarray(contentAt, end), encoded: bytes.subarray(start, end) };
}

/** Where a value begins and ends: for lists of many thousand values, of which views would take most of the time. */
export function headerAt(
  bytes: Uint8Array,
  start: number,
): { readonly tag: number; readonly contentAt: number; readonly end: number } {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined) throw new Error("cut off");
  if ((tag & 0x1f) === 0x1f) throw new Error("a tag of several bytes");
  let at = start + 2;
  let length = first;
  if (first >= 0x80) {
    const count = first - 0x80;
    if (count === 0 || count > 4) throw new Error("an indefinite or huge length");
    length = 0;
    for (const end = at + count; at < end; at += 1) length = length * 256 + (bytes[at] ?? 0);
    if (length < 0x80 || length < 256 ** (count - 1)) throw new Error("not the shortest length");
  }
  const end = at + length;
  if (end > bytes.length) throw new Error("cut off");
  return { tag, contentAt: at, end };
}
