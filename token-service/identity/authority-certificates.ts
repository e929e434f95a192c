import { type Certificate, isCertificate, readCertificate } from "./certificate.ts";
import { pemBlocks } from "./pem.ts";

/**
 * The certificates a device authority is trusted by: each of them, root or not, is an anchor. Otherwise the
 * reasons why not, one a problem; no message repeats what was given.
 */
export function readAuthorities(
  pem: string,
): { readonly anchors: readonly Certificate[] } | { readonly problems: readonly string[] } {
  if (/PRIVATE KEY/.test(pem)) {
    return { problems: ["holds a private key; take it out, and consider the key known"] };
  }
  const blocks = pemBlocks(pem, "CERTIFICATE");
  if (blocks === undefined || blocks.length === 0) {
    return { problems: ["is no list of PEM certificates and nothing else"] };
  }
  const problems: string[] = [];
  const anchors = blocks.flatMap((der, index) => {
    const certificate = readCertificate(der);
    const problem = isCertificate(certificate)
      ? authorityProblem(certificate)
      : certificate.problem;
    if (problem !== undefined) problems.push(`certificate ${index + 1} ${problem}`);
    return isCertificate(certificate) ? [certificate] : [];
  });
  return problems.length > 0 ? { problems } : { anchors };
}

/** Why a certificate can stand above no other; undefined when it can. */
export function authorityProblem(certificate: Certificate): string | undefined {
  const { isAuthority, keyUsage, unknownCritical } = certificate;
  if (!isAuthority) return "is no authority (CA:true)";
  if (keyUsage !== undefined && !keyUsage.has("keyCertSign")) {
    return "may not sign certificates (key usage)";
  }
  // Name constraints (2.5.29.30) among them: they are not evaluated, so nobody may rely on them.
  return unknownCritical.length > 0
    ? `has extensions that are not honoured here: ${unknownCritical.join(", ")}`
    : undefined;
}
