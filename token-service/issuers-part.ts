import type { TrustedIssuer } from "../contract/trust-policy.ts";
import type { IdentityVerifier } from "./identity/verify-identity.ts";
import type { Part } from "./server/dependencies.ts";

/**
 * Ready once the keys of every issuer in force were loaded one time. An issuer that a reload adds later, and nobody
 * reaches, must not take every replica away from the people of the others: it counts only when it is all there is.
 *
 * Asked through the verifier itself, with a token that names a key nobody has: what it answers says whether the keys
 * are there, and the verifier has them then.
 */
export function issuersPart(
  verifier: IdentityVerifier,
  issuers: () => readonly TrustedIssuer[],
): Part {
  const loaded = new Set<string>();
  let wasReady = false;
  const problemOf = async (issuer: TrustedIssuer): Promise<string | undefined> => {
    const key = `${issuer.name} ${issuer.issuer} ${issuer.jwksUrl ?? ""}`;
    if (loaded.has(key)) return undefined;
    const answer = await verifier.verify({
      authorization: [`Bearer ${probeToken(issuer)}`],
      proofs: [],
      certificates: [],
      method: "POST",
      url: "",
    });
    if ("refused" in answer && answer.refused === "issuer_unavailable") {
      return `the keys of issuer ${issuer.name} were never loaded`;
    }
    loaded.add(key);
    return undefined;
  };
  return {
    name: "issuers",
    async unready() {
      const problems = await Promise.all(issuers().map(problemOf));
      const found = problems.filter((problem) => problem !== undefined);
      if (found.length === 0) wasReady = true;
      const none = found.length > 0 && found.length === problems.length;
      return found.length === 0 || (wasReady && !none) ? undefined : found.join("; ");
    },
  };
}

function probeToken({ issuer, algorithms }: TrustedIssuer): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const header = part({ alg: algorithms[0], kid: "readiness-of-the-token-service" });
  return `${header}.${part({ iss: issuer })}.${Buffer.alloc(64).toString("base64url")}`;
}
