import type { RefusalCode } from "../../contract/token-api.ts";
import type { Decision } from "../decision.ts";
import type { Identity } from "../identity.ts";
import type { CompiledTrustPolicy } from "./compiled.ts";
import { claimsMatch } from "./match-claims.ts";

/**
 * What the policies say. The geography goes first: no policy is looked at for another one. Then, of the
 * enforcing policies that match and list the route, the first in the file's order decides; nothing is added
 * up, so that whoever reads the file from the top reads the decision.
 */
export function decide(
  compiled: CompiledTrustPolicy,
  identity: Identity,
  { geography, route }: { readonly geography: string; readonly route: string },
): Decision {
  const refused = (code: RefusalCode, reason: string, wouldAllow: readonly string[] = []) =>
    ({ decision: "refuse", code, reason, wouldAllow }) as const;
  if (geography !== compiled.geography) {
    return refused(
      "geography_mismatch",
      `this service gives credentials of ${compiled.geography} only; ask the service of your geography`,
    );
  }
  if (!compiled.routes.has(route)) {
    return refused("route_unknown", `this service serves ${[...compiled.routes].join(", ")} only`);
  }
  const matching = compiled.policies.filter(
    (policy) => policy.routes.has(route) && claimsMatch(identity, policy),
  );
  const wouldAllow = matching.filter(({ mode }) => mode !== "enforce").map(({ name }) => name);
  const policy = matching.find(({ mode }) => mode === "enforce");
  if (policy === undefined) {
    return refused(
      "policy_none",
      `no enforcing policy from ${identity.from} allows this identity the route ${route}`,
      wouldAllow,
    );
  }
  const { name, sessionSeconds, models } = policy;
  return { decision: "allow", policy: name, sessionSeconds, models, wouldAllow };
}
