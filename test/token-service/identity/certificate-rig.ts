import "../../services/reflect-metadata.ts";
import type { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { DeviceAuthority } from "../../../contract/trust-policy.ts";
import { readAuthorities } from "../../../token-service/identity/authority-certificates.ts";
import { verifyCertificates } from "../../../token-service/identity/certificate-verifier.ts";
import { openRevocationFile } from "../../../token-service/identity/revocation-file.ts";
import { newSerialNumber } from "../../services/certificate-parts.ts";

/** Seconds since 1970-01-01 at which every certificate is judged. */
export const now = 1_800_000_000;
export const clientAuth = "1.3.6.1.5.5.7.3.2";
export { x509 };

const { keyCertSign, cRLSign, digitalSignature } = x509.KeyUsageFlags;

export interface Made {
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly der: Uint8Array;
  readonly pem: string;
}

export interface MakeOptions {
  /** Default: an authority called Root. */
  readonly subject?: string | Record<string, (string | x509.JsonAttributeObject)[]>[];
  /** Default: signed by itself. */
  readonly by?: Made;
  readonly extensions?: x509.Extension[];
  /** Seconds around now: default an hour either way. */
  readonly from?: number;
  readonly until?: number;
  readonly serialNumber?: string;
  /** Default: fresh ones. */
  readonly keys?: webcrypto.CryptoKeyPair;
  /** Default: the signer's own. */
  readonly issuer?: string;
  readonly algorithm?: webcrypto.EcKeyGenParams | webcrypto.RsaHashedKeyGenParams;
  /** Of the signature; default SHA-256. */
  readonly hash?: string;
}

export const authority = (pathLength?: number) => [
  new x509.BasicConstraintsExtension(true, pathLength, true),
  new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
];
export const device = (usages = [clientAuth]) => [
  new x509.BasicConstraintsExtension(false, undefined, true),
  new x509.KeyUsagesExtension(digitalSignature, true),
  new x509.ExtendedKeyUsageExtension(usages),
];

export async function make(options: MakeOptions = {}): Promise<Made> {
  const p256 = { name: "ECDSA", namedCurve: "P-256" };
  const keys =
    options.keys ??
    ((await crypto.subtle.generateKey(options.algorithm ?? p256, true, [
      "sign",
      "verify",
    ])) as webcrypto.CryptoKeyPair);
  // The library takes values with a string type too, which its type for names leaves out.
  const subject = (options.subject ?? "CN=Root") as string | x509.JsonName;
  const signer = options.by?.keys ?? keys;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: options.serialNumber ?? newSerialNumber(),
    subject,
    issuer: options.issuer ?? options.by?.certificate.subjectName ?? subject,
    notBefore: new Date((now + (options.from ?? -3600)) * 1000),
    notAfter: new Date((now + (options.until ?? 3600)) * 1000),
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: {
      name: signer.privateKey.algorithm.name,
      hash: options.hash ?? "SHA-256",
    },
    extensions: options.extensions ?? authority(),
  });
  return {
    certificate,
    keys,
    der: new Uint8Array(certificate.rawData),
    pem: `${certificate.toString("pem")}\n`,
  };
}

export const leafOf = (by: Made, options: MakeOptions = {}): Promise<Made> =>
  make({
    subject: "CN=laptop-17, O=Example Corp, OU=cowork-eu",
    extensions: device(),
    ...options,
    by,
  });

export interface ListOptions {
  readonly revoked?: readonly string[];
  readonly from?: number;
  readonly until?: number;
  readonly extensions?: x509.Extension[];
}

/** A revocation list in DER. */
export async function listOf(by: Made, options: ListOptions = {}): Promise<Uint8Array> {
  const list = await x509.X509CrlGenerator.create({
    issuer: by.certificate.subject,
    thisUpdate: new Date((now + (options.from ?? -60)) * 1000),
    nextUpdate: new Date((now + (options.until ?? 3600)) * 1000),
    entries: (options.revoked ?? []).map((serialNumber) => ({
      serialNumber,
      revocationDate: new Date((now - 60) * 1000),
      reason: x509.X509CrlReason.keyCompromise,
    })),
    extensions: options.extensions ?? [],
    signingAlgorithm: { name: by.keys.privateKey.algorithm.name, hash: "SHA-256" },
    signingKey: by.keys.privateKey,
  });
  return new Uint8Array(list.rawData);
}

export const listPem = (der: Uint8Array) => `${x509.PemConverter.encode(der, "X509 CRL")}\n`;

export function deviceAuthority(
  anchors: readonly Made[],
  changes: Partial<DeviceAuthority> = {},
): DeviceAuthority {
  return {
    name: "devices",
    certificates: anchors.map(({ pem }) => pem).join(""),
    extendedKeyUsage: [clientAuth],
    revocation: { kind: "short-lived", maxLifeHours: 168 },
    deviceFrom: "subject-common-name",
    ...changes,
  };
}

/** The identity, or the code and reason of the refusal. `crl` is what the revocation file holds. */
export async function judge(
  presented: readonly Uint8Array[],
  authorities: readonly DeviceAuthority[],
  crl?: Uint8Array | string,
) {
  const result = await verifyCertificates(presented, {
    authorities: authorities.map((one) => {
      const read = readAuthorities(one.certificates);
      if ("problems" in read) throw new Error(read.problems.join("; "));
      return { authority: one, anchors: read.anchors };
    }),
    claimNames: new Map([["devices", ["device", "organizationalUnit"]]]),
    revocationFileOf: (file) =>
      openRevocationFile({
        file,
        readFile: () =>
          crl === undefined
            ? Promise.reject(new Error("cannot be opened"))
            : Promise.resolve(Buffer.from(crl)),
        nowEpochSeconds: () => now,
        onProblem: () => {},
      }),
    nowEpochSeconds: now,
  });
  return "refused" in result ? `${result.refused}: ${result.reason}` : result;
}
