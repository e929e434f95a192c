import type { Identity } from "../identity.ts";
import type { CompiledClaim } from "./compiled.ts";

/** Whether an identity of that origin satisfies every claim; a list does when one of its values does. */
export function claimsMatch(
  identity: Pick<Identity, "from" | "claims">,
  { from, claims }: { readonly from: string; readonly claims: readonly CompiledClaim[] },
): boolean {
  return (
    identity.from === from &&
    claims.length > 0 &&
    claims.every(({ claim, matches }) => valuesOf(identity, claim).some(matches))
  );
}

function valuesOf({ claims }: Pick<Identity, "claims">, claim: string): readonly string[] {
  return Object.hasOwn(claims, claim) ? (claims[claim] ?? []) : [];
}
