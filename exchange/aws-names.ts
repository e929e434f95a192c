import { createHash } from "node:crypto";

/** Longest role session name STS takes. */
const longestSessionName = 64;
/** Longest session tag value STS takes. */
const longestTagValue = 256;

/**
 * Role session name of a person or device, as CloudTrail shows it: [\w+=,.@-]{2,64}
 * (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html, 2026-11).
 *
 * What STS does not take is written `=` and two hexadecimal digits a byte, so that no two names become one. `==`
 * marks what is no name as it is: one that was too long and ends in a hash, one too short, or none.
 */
export function roleSessionName(name: string | undefined): string {
  if (name === undefined || name === "") return "cowork==";
  const written = escaped(name, /[A-Za-z0-9_+,.@-]/);
  if (written.length < 2) return `${written}==`;
  if (written.length <= longestSessionName) return written;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 16);
  return `${written.slice(0, longestSessionName - 18)}==${hash}`;
}

/**
 * A session tag's value: letters, digits, spaces and `_.:/=+-@`, written like a session name. A hash would be no
 * name that a policy could be written for, so a value that is too long is none.
 *
 * @returns `undefined` when the value does not fit.
 */
export function sessionTagValue(value: string): string | undefined {
  const written = escaped(value, /[\p{L}\p{N} _.:/+@-]/u);
  return written.length <= longestTagValue ? written : undefined;
}

/** Injective: the escape sign itself is always escaped. */
function escaped(text: string, plain: RegExp): string {
  return [...text].map((sign) => (plain.test(sign) ? sign : bytesOf(sign))).join("");
}

function bytesOf(sign: string): string {
  return [...Buffer.from(sign)]
    .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}
