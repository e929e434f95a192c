import "./reflect-metadata.ts";
import { randomBytes, type webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

const dayMs = 86_400_000;

export type Validity = "current" | "expired" | "not yet valid";

const extendedKeyUsages: Record<string, string> = {
  clientAuth: "1.3.6.1.5.5.7.3.2",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  codeSigning: "1.3.6.1.5.5.7.3.3",
};

/** Names or OIDs to OIDs. */
export function usageOids(usages: string[]): string[] {
  return usages.map((usage) => extendedKeyUsages[usage] ?? usage);
}

export function authorityExtensions(mayIssue: boolean): x509.Extension[] {
  const { keyCertSign, cRLSign, digitalSignature } = x509.KeyUsageFlags;
  return [
    new x509.BasicConstraintsExtension(mayIssue, undefined, true),
    new x509.KeyUsagesExtension(mayIssue ? keyCertSign | cRLSign : digitalSignature, true),
  ];
}

export async function extensionsOf(
  publicKey: webcrypto.CryptoKey,
  issuer: x509.X509Certificate | undefined,
  extensions: x509.Extension[],
): Promise<x509.Extension[]> {
  const above = issuer ? [await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey)] : [];
  return [...extensions, await x509.SubjectKeyIdentifierExtension.create(publicKey), ...above];
}

export function dates(validity: Validity): { notBefore: Date; notAfter: Date } {
  const shiftDays = { current: 0, expired: -2, "not yet valid": 2 }[validity];
  const at = (days: number) => new Date(Date.now() + (days + shiftDays) * dayMs);
  return { notBefore: at(-1), notAfter: at(1) };
}

export function newKeys(type: "EC" | "RSA"): Promise<webcrypto.CryptoKeyPair> {
  const algorithm =
    type === "EC"
      ? { name: "ECDSA", namedCurve: "P-256" }
      : {
          name: "RSASSA-PKCS1-v1_5",
          hash: "SHA-256",
          modulusLength: 2048,
          publicExponent: new Uint8Array([1, 0, 1]),
        };
  return crypto.subtle.generateKey(algorithm, true, [
    "sign",
    "verify",
  ]) as Promise<webcrypto.CryptoKeyPair>;
}

/** 16 bytes whose first is 1 to 127: positive and of constant length in DER. */
export function newSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01;
  return bytes.toString("hex");
}

export const pem = (certificate: x509.X509Certificate) => `${certificate.toString("pem")}\n`;

export async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  return `${x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY")}\n`;
}
