import type { Refused } from "../identity.ts";
import { authorityProblem } from "./authority-certificates.ts";
import type { Certificate } from "./certificate.ts";
import { refuse } from "./refused.ts";

/** Authorities between a leaf and an anchor, at most. */
export const maxIntermediates = 4;

export interface PathQuestion {
  readonly leaf: Certificate;
  /** What came with the leaf; nothing about them is trusted. */
  readonly presented: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  /** Object identifiers the leaf has to carry all of. */
  readonly extendedKeyUsage: readonly string[];
  readonly nowEpochSeconds: number;
}

/** Leaf first, anchor last. */
export type CertificatePath = readonly [Certificate, ...Certificate[]];

/**
 * A path from the leaf to a configured anchor on which everything holds (RFC 5280, 6.1, without policies and
 * names constraints, which are refused as unknown). Of several refusals the one of the path that came furthest.
 */
export function certificatePath(question: PathQuestion): CertificatePath | Refused {
  const { leaf, extendedKeyUsage } = question;
  if (leaf.isAuthority) {
    return refuse("certificate_usage", "the certificate is an authority's, not a device's");
  }
  if (leaf.unknownCritical.length > 0) {
    const list = leaf.unknownCritical.join(", ");
    return refuse(
      "certificate_untrusted",
      `the certificate has unknown critical extensions: ${list}`,
    );
  }
  let refused = refuse(
    "certificate_untrusted",
    "the certificate leads to no authority the trust policy names",
  );
  const signers = signersIn(question);
  for (const path of pathsFrom([leaf], signers, question)) {
    const problem = pathProblem(path, question);
    if (problem === undefined) {
      return usageProblem(leaf, extendedKeyUsage) ?? path;
    }
    refused = problem;
  }
  return refused;
}

/** Which certificates are signed by which. */
type Signers = ReadonlyMap<Certificate, readonly Certificate[]>;

/**
 * Signatures are checked from the anchors down, each pair once: no key checks anything before somebody trusted vouched
 * for it. From the leaf up, six certificates that a stranger made of one slow key hold everybody up for a second.
 */
function signersIn({ leaf, presented, anchors }: PathQuestion): Signers {
  const signers = new Map<Certificate, Certificate[]>();
  const below = [leaf, ...presented];
  let reached: readonly Certificate[] = anchors;
  while (reached.length > 0) {
    const next: Certificate[] = [];
    for (const certificate of below) {
      const by = reached.filter((above) => isSignedBy(certificate, above));
      const known = signers.get(certificate);
      if (known !== undefined) known.push(...by);
      else if (by.length > 0) {
        signers.set(certificate, by);
        if (certificate !== leaf) next.push(certificate);
      }
    }
    reached = next;
  }
  return signers;
}

/** Every chain of signatures to an anchor. At most `maxIntermediates` deep, and no certificate twice. */
function* pathsFrom(
  path: CertificatePath,
  signers: Signers,
  question: PathQuestion,
): Generator<CertificatePath> {
  const above = signers.get(path.at(-1) ?? path[0]) ?? [];
  for (const anchor of above) if (question.anchors.includes(anchor)) yield [...path, anchor];
  if (path.length > maxIntermediates) return;
  for (const authority of above) {
    const used = path.some(({ x509 }) => x509.fingerprint256 === authority.x509.fingerprint256);
    if (!used && !question.anchors.includes(authority)) {
      yield* pathsFrom([...path, authority], signers, question);
    }
  }
}

function isSignedBy(below: Certificate, above: Certificate): boolean {
  if (below.issuerName !== above.subjectName) return false;
  try {
    return below.x509.verify(above.x509.publicKey);
  } catch {
    return false;
  }
}

function pathProblem(path: CertificatePath, question: PathQuestion): Refused | undefined {
  const [leaf, ...authorities] = path;
  for (const [below, authority] of authorities.entries()) {
    const problem = authorityProblem(authority);
    if (problem !== undefined) {
      return refuse("certificate_untrusted", `an authority above the certificate ${problem}`);
    }
    if (authority.pathLength !== undefined && below > authority.pathLength) {
      return refuse(
        "certificate_untrusted",
        "more authorities stand above the certificate than one of them allows (path length)",
      );
    }
    if (!allows(authority.extendedKeyUsage, question.extendedKeyUsage)) {
      return refuse(
        "certificate_usage",
        "an authority above the certificate may not issue for the extended key usage asked for",
      );
    }
  }
  return (
    lifeProblem([leaf], "the certificate", question) ??
    lifeProblem(authorities, "an authority above the certificate", question)
  );
}

/** In an authority the extension limits what it may issue for (CA/Browser Forum, 7.1.2.4; OpenSSL does the same). */
function allows(own: readonly string[] | undefined, asked: readonly string[]): boolean {
  const anyUsage = "2.5.29.37.0";
  return own === undefined || own.includes(anyUsage) || asked.every((usage) => own.includes(usage));
}

function lifeProblem(
  certificates: readonly Certificate[],
  who: string,
  { nowEpochSeconds }: PathQuestion,
): Refused | undefined {
  if (certificates.some(({ notAfter }) => nowEpochSeconds > notAfter)) {
    return refuse("certificate_expired", `${who} has expired`);
  }
  return certificates.some(({ notBefore }) => nowEpochSeconds < notBefore)
    ? refuse("certificate_expired", `${who} is not valid yet`)
    : undefined;
}

function usageProblem(leaf: Certificate, asked: readonly string[]): Refused | undefined {
  if (leaf.keyUsage !== undefined && !leaf.keyUsage.has("digitalSignature")) {
    return refuse("certificate_usage", "the certificate's key may not sign (key usage)");
  }
  const missing = asked.filter((usage) => !leaf.extendedKeyUsage?.includes(usage));
  return missing.length > 0
    ? refuse("certificate_usage", `the certificate lacks extended key usage ${missing.join(", ")}`)
    : undefined;
}
