import { X509Certificate } from "node:crypto";

import type { Problem } from "../../../residency/problem.ts";

/**
 * Certificates a trust anchor holds: two, so that an authority can be renewed without a gap. Not adjustable.
 * @see https://docs.aws.amazon.com/general/latest/gr/rolesanywhere.html (looked up 2026-11-21)
 */
const mostCertificates = 2;

/**
 * Characters of a bundle.
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_SourceData.html (looked up 2026-11-21)
 */
const mostCharacters = 8000;

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+?-----END CERTIFICATE-----/g;

/** DER of the key-usage extension's identifier, 2.5.29.15. */
const keyUsage = Buffer.from("0603551d0f", "hex");

/** DER of the signature algorithms AWS rejects: MD5 and SHA-1 with RSA, SHA-1 with ECDSA, SHA-1 with DSA. */
const weakSignatures = [
  "06092a864886f70d010104",
  "06092a864886f70d010105",
  "06072a8648ce3d0401",
  "06072a8648ce380403",
].map((der) => Buffer.from(der, "hex"));

/** The bundle with one way of writing it, so that another line ending is no change of the anchor. */
export function bundleText(bundle: string): string {
  return `${certificatesOf(bundle).join("\n")}\n`;
}

function certificatesOf(bundle: string): readonly string[] {
  return (bundle.match(block) ?? []).map((pem) => pem.replaceAll(/\s*\r?\n\s*/g, "\n"));
}

/**
 * What AWS would refuse in the certificates of a company's own authority, and what must never stand in a
 * stack's file. Messages name a certificate by its position and never repeat text of the bundle.
 *
 * @param today ISO date; a certificate that ends on it counts as expired.
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html (signature validation)
 */
export function bundleProblems(path: string, bundle: string, today: string): Problem[] {
  const problem = (reason: string): Problem => ({ path, reason });
  if (/PRIVATE KEY/i.test(bundle)) {
    return [
      problem(
        "holds a private key; take it out of the file, and count it as known to everybody who read the file: replace it",
      ),
    ];
  }
  const blocks = certificatesOf(bundle);
  if (blocks.length === 0) {
    return [problem("holds no certificate; give PEM text, -----BEGIN CERTIFICATE----- and so on")];
  }
  const problems: Problem[] = [];
  if (bundle.replace(block, "").trim() !== "") {
    problems.push(problem("holds text outside its certificates; leave nothing but the PEM blocks"));
  }
  if (blocks.length > mostCertificates) {
    const reason = `holds ${blocks.length} certificates; a trust anchor takes ${mostCertificates}: the current authority and its successor`;
    problems.push(problem(reason));
  }
  const { length } = bundleText(bundle);
  if (length > mostCharacters) {
    problems.push(problem(`has ${length} characters; AWS takes ${mostCharacters}`));
  }
  const seen: string[] = [];
  for (const [index, pem] of blocks.entries()) {
    const name = `certificate ${index + 1}`;
    const certificate = parsed(pem);
    if (certificate === undefined) {
      problems.push(problem(`${name} cannot be read`));
      continue;
    }
    const earlier = seen.indexOf(certificate.fingerprint256);
    if (earlier >= 0) problems.push(problem(`${name} repeats certificate ${earlier + 1}`));
    seen.push(certificate.fingerprint256);
    problems.push(...authorityFlaws(certificate, today).map((flaw) => problem(`${name} ${flaw}`)));
  }
  return problems;
}

/** `undefined` in place of the parser's own error, which may quote what it was given. */
function parsed(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function authorityFlaws(certificate: X509Certificate, today: string): string[] {
  const flaws: string[] = [];
  const { raw } = certificate;
  // Also false where a key usage stands that leaves certificate signing out.
  if (!certificate.ca) {
    flaws.push("is no authority's: basic constraints CA:true and key usage Certificate Sign");
  } else if (!raw.includes(keyUsage)) {
    flaws.push("has no key usage; AWS demands Certificate Sign");
  }
  if (weakSignatures.some((der) => raw.includes(der))) {
    flaws.push("is signed with MD5 or SHA-1; AWS demands SHA-256 or stronger");
  }
  const begins = dayOf(certificate.validFrom);
  const ends = dayOf(certificate.validTo);
  if (begins > today) flaws.push(`begins on ${begins}; today is ${today}`);
  if (ends <= today) flaws.push(`ends on ${ends}; today is ${today}`);
  return flaws;
}

/** ISO date of a time as OpenSSL prints it, for example `Nov 21 12:00:00 2026 GMT`. */
function dayOf(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}
