import type { PolicyEntry } from "../../contract/trust-policy.ts";
import type { Problem } from "../../residency/problem.ts";

/**
 * Policies that can never decide, because earlier ones take everybody they mean on every route. Patterns are
 * compared as texts: two texts that mean the same are not found out.
 */
export function unreachablePolicies(policies: readonly PolicyEntry[]): Problem[] {
  return policies.flatMap((policy, position) => {
    if (policy.mode !== "enforce") return [];
    const earlier = policies
      .slice(0, position)
      .filter((other) => other.mode === "enforce" && takesAllOf(other, policy));
    const taken = new Set(earlier.flatMap(({ routes }) => routes));
    if (!policy.routes.every((route) => taken.has(route))) return [];
    const names = earlier.map(({ name }) => `"${name}"`).join(", ");
    const reason = `never decides, because ${names} above it means the same people or more; put it first or take it out`;
    return [{ path: `policies[${position}]`, reason }];
  });
}

function takesAllOf(wider: PolicyEntry, narrower: PolicyEntry): boolean {
  return (
    wider.from === narrower.from &&
    Object.entries(wider.claims).every(
      ([claim, pattern]) =>
        Object.hasOwn(narrower.claims, claim) && narrower.claims[claim] === pattern,
    )
  );
}
