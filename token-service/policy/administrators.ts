import { refuse } from "../identity/refused.ts";
import type { Identity, Refused } from "../identity.ts";
import type { CompiledTrustPolicy } from "./compiled.ts";
import { claimsMatch } from "./match-claims.ts";

/**
 * Whether the identity may revoke; undefined when it may. A person, by a token: a device proves no person, and
 * a revocation has to name who did it.
 */
export function administratorProblem(
  compiled: CompiledTrustPolicy,
  identity: Identity,
): Refused | undefined {
  const named =
    identity.kind === "token" &&
    identity.user !== undefined &&
    compiled.administrators.some((administrator) => claimsMatch(identity, administrator));
  return named
    ? undefined
    : refuse(
        "policy_none",
        "the trust policy does not name this identity among its administrators",
      );
}
