import { calculateJwkThumbprint, type JWK } from "jose";

import type { DeviceAuthority } from "../../contract/trust-policy.ts";
import type { Identity, Refused } from "../identity.ts";
import { type Certificate, isCertificate, readCertificate } from "./certificate.ts";
import { namesIn } from "./certificate-names.ts";
import { type CertificatePath, certificatePath } from "./certificate-path.ts";
import { isRefused, refuse } from "./refused.ts";
import type { RevocationFile } from "./revocation-file.ts";
import { sha256Hex } from "./token-verifier.ts";

/** Certificates a request may bring, the leaf included. */
export const maxPresented = 6;

/** What the verifier is told by the trust policy in force. */
export interface CertificateRules {
  readonly authorities: readonly {
    readonly authority: DeviceAuthority;
    readonly anchors: readonly Certificate[];
  }[];
  /** Claims policies ask for, by authority name. */
  readonly claimNames: ReadonlyMap<string, readonly string[]>;
  readonly revocationFileOf: (file: string) => RevocationFile;
  readonly nowEpochSeconds: number;
}

/** Who holds the leaf, when it leads to a device authority and everything on the way there holds. */
export async function verifyCertificates(
  presented: readonly Uint8Array[],
  rules: CertificateRules,
): Promise<Identity | Refused> {
  if (presented.length > maxPresented) {
    return refuse("certificate_untrusted", `more than ${maxPresented} certificates were presented`);
  }
  const read = presented.map(readCertificate);
  const problem = read.find((one) => !isCertificate(one));
  if (problem !== undefined && "problem" in problem) {
    return refuse("certificate_untrusted", `a presented certificate ${problem.problem}`);
  }
  const [leaf, ...others] = read.filter(isCertificate);
  if (leaf === undefined) return refuse("identity_missing", "no certificate was presented");

  const refusals: Refused[] = [];
  for (const { authority, anchors } of rules.authorities) {
    const path = certificatePath({
      leaf,
      presented: others,
      anchors,
      extendedKeyUsage: authority.extendedKeyUsage,
      nowEpochSeconds: rules.nowEpochSeconds,
    });
    // The first authority with a sound path answers for the leaf: no other is asked for a second opinion.
    if (!isRefused(path)) return identityOf(path, authority, rules);
    refusals.push(path);
  }
  // An authority that knows the certificate says more than those that do not.
  return (
    refusals.find(({ refused }) => refused !== "certificate_untrusted") ??
    refusals[0] ??
    refuse("certificate_untrusted", "the trust policy names no device authority")
  );
}

async function identityOf(
  path: CertificatePath,
  authority: DeviceAuthority,
  rules: CertificateRules,
): Promise<Identity | Refused> {
  const [leaf] = path;
  const revoked = await revocationProblem(path, authority, rules);
  if (revoked !== undefined) return revoked;
  const names = namesIn(leaf, authority);
  if (isRefused(names)) return names;
  const known: Readonly<Record<string, readonly string[]>> = {
    device: [names.device],
    organization: names.organization,
    organizationalUnit: names.organizationalUnit,
    ...(names.user === undefined ? {} : { user: [names.user] }),
  };
  const asked = rules.claimNames.get(authority.name) ?? [];
  const claims = Object.entries(known).filter(([claim]) => asked.includes(claim));
  return {
    from: authority.name,
    kind: "certificate",
    user: names.user,
    device: names.device,
    groups: [],
    claims: Object.fromEntries(claims),
    tokenHash: sha256Hex(leaf.der),
    keyThumbprint: await calculateJwkThumbprint(publicJwk(leaf)),
    token: undefined,
    expiresAtEpochSeconds: Math.min(...path.map(({ notAfter }) => notAfter)),
    // TLS proved possession of the key for this connection; the certificate itself is no secret.
    once: undefined,
  };
}

async function revocationProblem(
  path: CertificatePath,
  { revocation }: DeviceAuthority,
  { revocationFileOf }: CertificateRules,
): Promise<Refused | undefined> {
  const [leaf] = path;
  if (revocation.kind === "short-lived") {
    return leaf.notAfter - leaf.notBefore > revocation.maxLifeHours * 3600
      ? refuse(
          "certificate_untrusted",
          `the certificate lives longer than ${revocation.maxLifeHours} hours, and no revocation list is read`,
        )
      : undefined;
  }
  const file = revocationFileOf(revocation.file);
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[index + 1];
    if (issuer === undefined) continue;
    const problem = await file.problemOf(certificate, issuer);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function publicJwk({ x509 }: Certificate): JWK {
  return x509.publicKey.export({ format: "jwk" }) as JWK; // Node's own type has the same members.
}
