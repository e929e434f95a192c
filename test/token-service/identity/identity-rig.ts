import type { TrustedIssuer } from "../../../contract/trust-policy.ts";
import { createIdentityVerifier } from "../../../token-service/identity/verify-identity.ts";
import type { Evidence } from "../../../token-service/identity.ts";
import type { IdentityProvider } from "../../services/identity-provider.ts";
import { trusted } from "./token-rig.ts";

export const publicUrl = "https://tokens.example.com";

export const bringing = (changes: Partial<Evidence>): Evidence => ({
  authorization: [],
  proofs: [],
  certificates: [],
  method: "POST",
  url: "/v1/token",
  ...changes,
});

/** A verifier that trusts a real provider, at a clock the test can shift. */
export function verifierRig(idp: () => IdentityProvider) {
  const clock = { shiftSeconds: 0 };
  const seconds = () => Math.floor(Date.now() / 1000) + clock.shiftSeconds;
  const verifierOf = (changes: Partial<TrustedIssuer> = {}) => {
    const issuer = trusted({
      issuer: idp().issuer,
      audiences: [idp().clientId],
      authorizedParties: [idp().clientId],
      algorithms: ["RS256"],
      ...changes,
    });
    return createIdentityVerifier({
      rules: () => ({
        issuers: [issuer],
        claimNames: new Map([["login", ["groups"]]]),
        authorities: [],
      }),
      publicUrl,
      nowEpochSeconds: seconds,
      fetch,
      readFile: () => Promise.reject(new Error("no file is read")),
      onProblem: (problem) => {
        throw new Error(problem);
      },
    });
  };
  const refusalOf = async (evidence: Partial<Evidence>, issuer: Partial<TrustedIssuer> = {}) => {
    const result = await verifierOf(issuer).verify(bringing(evidence));
    return "refused" in result ? `${result.refused}: ${result.reason}` : "accepted";
  };
  const bearer = (token: string, issuer: Partial<TrustedIssuer> = {}) =>
    refusalOf({ authorization: [`Bearer ${token}`] }, issuer);
  return { clock, seconds, verifierOf, refusalOf, bearer };
}
