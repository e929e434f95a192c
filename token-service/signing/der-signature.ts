/** Bytes of each of the two numbers of a signature. */
const partBytes = { ES256: 32, ES384: 48 } as const;

/**
 * ECDSA signature as key services give it (DER: a sequence of two integers) to what JOSE wants (the two numbers,
 * at full length, one after the other; RFC 7518, 3.4).
 *
 * @returns `undefined` for anything that is not exactly that.
 */
export function joseSignature(
  der: Uint8Array,
  algorithm: keyof typeof partBytes,
): Uint8Array | undefined {
  const size = partBytes[algorithm];
  // Both numbers and their headers are shorter than 128 bytes: a length is always one byte.
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined;
  const first = integerAt(der, 2, size);
  const second = first && integerAt(der, first.end, size);
  if (first === undefined || second === undefined || second.end !== der.length) return undefined;
  return Buffer.concat([first.number, second.number]);
}

function integerAt(
  der: Uint8Array,
  start: number,
  size: number,
): { readonly number: Uint8Array; readonly end: number } | undefined {
  const length = der[start + 1];
  if (der[start] !== 0x02 || length === undefined || length === 0) return undefined;
  const end = start + 2 + length;
  if (end > der.length) return undefined;
  const bytes = der.subarray(start + 2, end);
  const [sign = 0, next = 0] = bytes;
  // Negative, or longer than need be: no number of a signature is written so.
  if (sign >= 0x80 || (sign === 0 && length > 1 && next < 0x80)) return undefined;
  const plain = sign === 0 ? bytes.subarray(1) : bytes;
  if (plain.length === 0 || plain.length > size) return undefined;
  return { number: Buffer.concat([Buffer.alloc(size - plain.length), plain]), end };
}
