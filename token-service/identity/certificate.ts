import { X509Certificate } from "node:crypto";

import { isRecord } from "../../residency/is-record.ts";
import { type CertificateExtensions, readExtensions } from "./certificate-extensions.ts";
import { children, type DerValue, epochSeconds, objectIdentifier, readDer, tags } from "./der.ts";

/** Largest certificate that is looked at, in bytes. */
export const maxCertificateBytes = 16_384;

export interface Certificate extends CertificateExtensions {
  /** OpenSSL's view of the same bytes: checks signatures. */
  readonly x509: X509Certificate;
  /** The bytes themselves. */
  readonly der: Uint8Array;
  /** Lower-case hexadecimal without leading zeros. */
  readonly serial: string;
  /** DER of the names, hexadecimal: equal texts are equal names. */
  readonly issuerName: string;
  readonly subjectName: string;
  readonly subject: DerValue;
  /** Seconds since 1970-01-01. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Signatures over SHA-256 or better; RSA-PSS is left out because its parameters may name SHA-1. */
export const signatureHashes: Readonly<Record<string, string | null>> = {
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
  "1.2.840.10045.4.3.2": "sha256",
  "1.2.840.10045.4.3.3": "sha384",
  "1.2.840.10045.4.3.4": "sha512",
  // Ed25519 hashes by itself.
  "1.3.101.112": null,
};

/** A certificate, or one sentence why it is none that is accepted. No signature is checked here. */
export function readCertificate(der: Uint8Array): Certificate | { readonly problem: string } {
  if (der.length > maxCertificateBytes) {
    return { problem: `is larger than ${maxCertificateBytes} bytes` };
  }
  try {
    // Node takes a PEM block out of the middle of anything; only what begins as DER is DER.
    const x509 = new X509Certificate(der);
    if (!x509.raw.equals(der)) return { problem: "is no single DER certificate" };
    const weak = weakKey(x509);
    return weak === undefined ? { x509, der, ...fieldsOf(der) } : { problem: weak };
  } catch {
    return { problem: "cannot be read as an X.509 version 3 certificate" };
  }
}

export function isCertificate(value: object): value is Certificate {
  return "x509" in value;
}

/**
 * A serial number of any length, without leading zeros; the sign byte is not part of it.
 *
 * @throws Error when there are no bytes.
 */
export function serialHex(bytes: Buffer, start: number, end: number): string {
  if (end <= start) throw new Error("no serial");
  let at = start;
  while (at < end - 1 && bytes[at] === 0) at += 1;
  return bytes.toString("hex", at, end).replace(/^0(?=.)/, "");
}

function serialText(value: DerValue | undefined): string {
  if (value?.tag !== tags.integer) throw new Error("no serial");
  const bytes = Buffer.from(value.content);
  return serialHex(bytes, 0, bytes.length);
}

type Fields = Omit<Certificate, "x509" | "der">;

function fieldsOf(der: Uint8Array): Fields {
  const [tbs, outer, , ...more] = children(readDer(der), tags.sequence);
  if (more.length > 0) throw new Error("more than a certificate");
  const fields = children(tbs, tags.sequence);
  const [version, serial, inner, issuer, validity, subject, , ...rest] = fields;
  // [0] EXPLICIT INTEGER 2: older versions know no extensions, so nothing would say what they are for.
  if (version === undefined || Buffer.from(version.encoded).toString("hex") !== "a003020102") {
    throw new Error("not version 3");
  }
  const algorithm = objectIdentifier(children(inner, tags.sequence)[0]);
  if (algorithm !== objectIdentifier(children(outer, tags.sequence)[0])) {
    throw new Error("two signature algorithms");
  }
  if (!Object.hasOwn(signatureHashes, algorithm)) throw new Error("weak signature algorithm");
  if (issuer === undefined || subject === undefined) throw new Error("no names");
  const [from, until] = children(validity, tags.sequence);
  return {
    serial: serialText(serial),
    issuerName: Buffer.from(issuer.encoded).toString("hex"),
    subjectName: Buffer.from(subject.encoded).toString("hex"),
    subject,
    notBefore: epochSeconds(from),
    notAfter: epochSeconds(until),
    ...readExtensions(rest.find(({ tag }) => tag === 0xa3)),
  };
}

function weakKey({ publicKey }: X509Certificate): string | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails } = publicKey;
  const details: unknown = asymmetricKeyDetails;
  if (!isRecord(details)) return "has a key of an unknown kind";
  const bits = details.modulusLength;
  if (type === "rsa") {
    return typeof bits === "number" && bits >= 2048 ? undefined : "has an RSA key below 2048 bits";
  }
  const curves = ["prime256v1", "secp384r1", "secp521r1"];
  const fine =
    type === "ed25519" || (type === "ec" && curves.some((one) => one === details.namedCurve));
  return fine ? undefined : "has a key that is neither RSA, P-256, P-384, P-521 nor Ed25519";
}
