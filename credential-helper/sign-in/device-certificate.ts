import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFile, stat } from "node:fs/promises";

import { HelperFailure } from "../failure.ts";

export interface DeviceCertificateFiles {
  /** PEM, leaf first. */
  readonly certificate: string;
  /** PEM, PKCS#8 or SEC1 or PKCS#1, not encrypted. */
  readonly privateKey: string;
}

export interface DeviceCertificate {
  /** The whole file: the leaf, and whatever authorities follow it. */
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/**
 * Reads the device's certificate and its key, and refuses what no server could accept, so that the reason is
 * said here and not by a broken handshake.
 *
 * @param now milliseconds since 1970-01-01.
 * @throws HelperFailure `deviceCertificate`, naming every problem at once.
 */
export async function loadDeviceCertificate(
  files: DeviceCertificateFiles,
  now: number,
  platform: NodeJS.Platform = process.platform,
): Promise<DeviceCertificate> {
  const problems: string[] = [];
  const certificatePem = await read(files.certificate, "the certificate", problems);
  const privateKeyPem = await read(files.privateKey, "the private key", problems);
  if (privateKeyPem !== undefined && platform !== "win32") {
    const { mode } = await stat(files.privateKey);
    if ((mode & 0o077) !== 0) {
      problems.push(
        `the private key ${files.privateKey} can be read by others (mode ${(mode & 0o777).toString(8).padStart(4, "0")}): chmod 600`,
      );
    }
  }
  const leaf =
    certificatePem === undefined
      ? undefined
      : leafOf(certificatePem, files.certificate, now, problems);
  const key =
    privateKeyPem === undefined ? undefined : keyOf(privateKeyPem, files.privateKey, problems);
  if (leaf && key && !leaf.checkPrivateKey(key)) {
    problems.push(
      `${files.privateKey} is not the key of ${files.certificate}: the leaf has to come first in the file`,
    );
  }
  if (problems.length > 0 || certificatePem === undefined || privateKeyPem === undefined) {
    throw new HelperFailure("deviceCertificate", `device certificate: ${problems.join("; ")}`);
  }
  return { certificatePem, privateKeyPem };
}

async function read(path: string, what: string, problems: string[]): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const why =
      code === "ENOENT"
        ? "is not there"
        : code === "EACCES"
          ? "may not be read by this user"
          : `cannot be read (${String(code)})`;
    problems.push(`${what} ${path} ${why}`);
    return undefined;
  }
}

function leafOf(
  pem: string,
  path: string,
  now: number,
  problems: string[],
): X509Certificate | undefined {
  let leaf: X509Certificate;
  try {
    leaf = new X509Certificate(pem);
  } catch {
    problems.push(`${path} holds no PEM certificate`);
    return undefined;
  }
  const [from, to] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo)];
  if (!(from <= now)) problems.push(`the certificate ${path} is valid from ${leaf.validFrom}`);
  if (!(now < to)) problems.push(`the certificate ${path} ended on ${leaf.validTo}`);
  return leaf;
}

function keyOf(pem: string, path: string, problems: string[]): KeyObject | undefined {
  // A passphrase would have to be stored beside the key: it would protect nothing.
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem)) {
    problems.push(
      `the private key ${path} is encrypted, and the helper has no passphrase for it: store it unencrypted, readable by the user alone`,
    );
    return undefined;
  }
  try {
    return createPrivateKey(pem);
  } catch {
    problems.push(`${path} holds no PEM private key (PKCS#8, SEC1 or PKCS#1)`);
    return undefined;
  }
}
