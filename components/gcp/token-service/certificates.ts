import { X509Certificate } from "node:crypto";

import type { Problem } from "../../../residency/problem.ts";

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+?-----END CERTIFICATE-----/g;

/**
 * Certificates one trust store holds.
 * @see https://docs.cloud.google.com/load-balancing/docs/mtls (limitations; looked up 2026-11-21)
 */
const most = { anchors: 200, intermediates: 100 };

/** A company's authorities as Certificate Manager takes them. */
export interface Authorities {
  /** Certificates that signed themselves. */
  readonly anchors: readonly string[];
  readonly intermediates: readonly string[];
}

/** The bundle's certificates by what they are; those that cannot be read are left out: the checks refuse them. */
export function authoritiesIn(bundle: string): Authorities {
  const read = certificatesOf(bundle).flatMap((pem) => {
    const certificate = parsed(pem);
    return certificate === undefined ? [] : [{ pem, root: isRoot(certificate) }];
  });
  return {
    anchors: read.filter(({ root }) => root).map(({ pem }) => pem),
    intermediates: read.filter(({ root }) => !root).map(({ pem }) => pem),
  };
}

/** Problems of the authorities of device certificates. Never repeats text of the bundle. */
export function authorityProblems(path: string, bundle: string | undefined): Problem[] {
  if (bundle === undefined) return [];
  if (/PRIVATE KEY/i.test(bundle)) {
    const reason =
      "holds a private key; take it out, and count it as known to everybody who read the file: replace it";
    return [{ path, reason }];
  }
  const blocks = certificatesOf(bundle);
  if (blocks.length === 0) {
    const reason = "holds no certificate; give PEM text, -----BEGIN CERTIFICATE----- and so on";
    return [{ path, reason }];
  }
  const problems = blocks.flatMap((pem, index): Problem[] => {
    const certificate = parsed(pem);
    if (certificate === undefined) {
      return [{ path, reason: `certificate ${index + 1} cannot be read` }];
    }
    return certificate.ca
      ? []
      : [{ path, reason: `certificate ${index + 1} is of no authority (CA is not set)` }];
  });
  const { anchors, intermediates } = authoritiesIn(bundle);
  if (problems.length === 0 && anchors.length === 0) {
    const reason =
      "holds no root, a certificate that signed itself; the load balancer needs one to end a chain at";
    problems.push({ path, reason });
  }
  if (anchors.length > most.anchors || intermediates.length > most.intermediates) {
    const reason = `${anchors.length} roots and ${intermediates.length} others; a trust store holds ${most.anchors} and ${most.intermediates}`;
    problems.push({ path, reason });
  }
  return problems;
}

function certificatesOf(bundle: string): readonly string[] {
  return (bundle.match(block) ?? []).map((pem) => `${pem.replaceAll(/\s*\r?\n\s*/g, "\n")}\n`);
}

function parsed(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function isRoot(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);
}
