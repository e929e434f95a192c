import "./reflect-metadata.ts";
import type { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import {
  authorityExtensions,
  dates,
  extensionsOf,
  newKeys,
  newSerialNumber,
  pem,
  privatePem,
  usageOids,
  type Validity,
} from "./certificate-parts.ts";

export type { Validity } from "./certificate-parts.ts";

export type LeafOptions = {
  /** A distinguished name such as `CN=laptop-17, OU=cowork-eu`. */
  subject: string;
  /** `clientAuth`, `serverAuth`, `codeSigning` or an OID. An empty list leaves the extension out. */
  usages: string[];
  /** `current` is yesterday to tomorrow, `expired` ended and `not yet valid` starts a day from now. */
  validity?: Validity;
  /** Subject alternative names. Default none. */
  names?: { type: "dns" | "ip" | "url" | "email"; value: string }[];
  /** Default `EC` (P-256). RSA has 2048 bits. */
  keyType?: "EC" | "RSA";
};

export type Leaf = {
  certificatePem: string;
  /** PKCS #8. */
  keyPem: string;
  /** Lower-case hexadecimal, as CRLs want it. */
  serialNumber: string;
  /** The leaf and the intermediates above it, without the root: what a TLS client or server presents. */
  chainPem: string;
};

export type CrlOptions = {
  /** Serial numbers; default none. */
  revoked?: string[];
  /** `expired`: its next update was due a day ago. */
  validity?: Validity;
};

export type Authority = {
  certificatePem: string;
  /** An authority below this one. Without `mayIssue` it lacks the CA flag, so whatever it issues must be refused. */
  intermediate(
    name: string,
    options?: { mayIssue?: boolean; validity?: Validity },
  ): Promise<Authority>;
  issue(options: LeafOptions): Promise<Leaf>;
  crl(options?: CrlOptions): Promise<string>;
};

/** Makes a root authority with a fresh P-256 key. Two of the same name are still strangers to each other. */
export async function createAuthority(name = "Test Root"): Promise<Authority> {
  const keys = await newKeys("EC");
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: `CN=${name}`,
    ...dates("current"),
    keys,
    extensions: await extensionsOf(keys.publicKey, undefined, authorityExtensions(true)),
  });
  return authorityOf(certificate, keys, []);
}

/** A certificate for a server on this machine: `localhost` and 127.0.0.1. */
export function issueServerCertificate(
  authority: Authority,
  validity: Validity = "current",
): Promise<Leaf> {
  return authority.issue({
    subject: "CN=localhost",
    usages: ["serverAuth"],
    validity,
    names: [
      { type: "dns", value: "localhost" },
      { type: "ip", value: "127.0.0.1" },
    ],
  });
}

function authorityOf(
  certificate: x509.X509Certificate,
  keys: webcrypto.CryptoKeyPair,
  above: string[],
): Authority {
  const certificatePem = pem(certificate);
  const sign = async (
    subject: string,
    publicKey: webcrypto.CryptoKey,
    validity: Validity,
    extensions: x509.Extension[],
  ) =>
    x509.X509CertificateGenerator.create({
      serialNumber: newSerialNumber(),
      subject,
      issuer: certificate.subject,
      ...dates(validity),
      publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
      extensions: await extensionsOf(publicKey, certificate, extensions),
    });
  return {
    certificatePem,
    async intermediate(name, { mayIssue = true, validity = "current" } = {}) {
      const below = await newKeys("EC");
      const extensions = authorityExtensions(mayIssue);
      const signed = await sign(`CN=${name}`, below.publicKey, validity, extensions);
      return authorityOf(signed, below, [pem(signed), ...above]);
    },
    async issue({ subject, usages, validity = "current", names = [], keyType = "EC" }) {
      const leafKeys = await newKeys(keyType);
      const oids = usageOids(usages);
      const signed = await sign(subject, leafKeys.publicKey, validity, [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        ...(oids.length > 0 ? [new x509.ExtendedKeyUsageExtension(oids)] : []),
        ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
      ]);
      return {
        certificatePem: pem(signed),
        keyPem: await privatePem(leafKeys.privateKey),
        serialNumber: signed.serialNumber,
        chainPem: [pem(signed), ...above].join(""),
      };
    },
    async crl({ revoked = [], validity = "current" } = {}) {
      const { notBefore, notAfter } = dates(validity);
      const list = await x509.X509CrlGenerator.create({
        issuer: certificate.subject,
        thisUpdate: notBefore,
        nextUpdate: notAfter,
        // A reason each, because without one the library writes an empty list of extensions, which is not valid.
        entries: revoked.map((serialNumber) => ({
          serialNumber,
          revocationDate: notBefore,
          reason: x509.X509CrlReason.keyCompromise,
        })),
        extensions: [
          await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
          // CRL number 1 (RFC 5280, 5.2.3).
          new x509.Extension("2.5.29.20", false, new Uint8Array([2, 1, 1])),
        ],
        signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
        signingKey: keys.privateKey,
      });
      // The library writes "BEGIN CRL"; OpenSSL and Node read RFC 7468's label only.
      return `${x509.PemConverter.encode(list.rawData, "X509 CRL")}\n`;
    },
  };
}
