import type { TrustPolicy } from "../../contract/trust-policy.ts";
import type { Problem } from "../../residency/problem.ts";
import { authoritiesOf, duplicates, issuerProblems } from "./compile-origins.ts";
import { claimsOf, policyProblems } from "./compile-policy.ts";
import type { CompiledFor, CompiledPolicy, CompiledTrustPolicy } from "./compiled.ts";
import { notesOn } from "./notes.ts";
import { unreachablePolicies } from "./unreachable.ts";

export type Compilation =
  | {
      readonly compiled: CompiledTrustPolicy;
      /** What is allowed and probably not meant. */
      readonly notes: readonly Problem[];
    }
  | { readonly problems: readonly Problem[] };

/** Checks a trust policy as a whole, for one service: everything that is wrong with it at once, or none of it. */
export function compileTrustPolicy(policy: TrustPolicy, service: CompiledFor): Compilation {
  const { issuers, deviceAuthorities, policies, administrators } = policy;
  const authorities = authoritiesOf(deviceAuthorities);
  const origins = { issuers, deviceAuthorities };
  const compiledPolicies = policies.map((entry, index) => {
    const claims = claimsOf(entry.claims, `policies[${index}].claims`);
    const problems = [
      ...policyProblems(entry, `policies[${index}]`, { origins, service }),
      ...claims.problems,
    ];
    return { entry, problems, claims: claims.compiled };
  });
  const compiledAdministrators = administrators.map((entry, index) => {
    const path = `administrators[${index}]`;
    const claims = claimsOf(entry.claims, `${path}.claims`);
    const problems = issuers.some(({ name }) => name === entry.from)
      ? claims.problems
      : [
          {
            path: `${path}.from`,
            reason: `"${entry.from}" is no issuer; administrators are people`,
          },
          ...claims.problems,
        ];
    return { from: entry.from, problems, claims: claims.compiled };
  });
  const problems = [
    ...duplicates(policy),
    ...issuerProblems(issuers),
    ...authorities.problems,
    ...compiledPolicies.flatMap((one) => one.problems),
    ...unreachablePolicies(policies),
    ...compiledAdministrators.flatMap((one) => one.problems),
  ];
  if (problems.length > 0) return { problems };
  return {
    compiled: {
      geography: service.geography,
      routes: new Set(service.routes.map(({ name }) => name)),
      issuers,
      authorities: authorities.compiled,
      claimNames: claimNamesOf(policy),
      policies: compiledPolicies.map(
        ({ entry, claims }): CompiledPolicy => ({
          name: entry.name,
          mode: entry.mode,
          from: entry.from,
          claims,
          routes: new Set(entry.routes),
          models: entry.models,
          sessionSeconds: entry.sessionSeconds,
        }),
      ),
      administrators: compiledAdministrators.map(({ from, claims }) => ({ from, claims })),
    },
    notes: notesOn(policy, service),
  };
}

/** Only these claims of a token or certificate are ever copied out of it. */
function claimNamesOf({
  issuers,
  deviceAuthorities,
  policies,
  administrators,
}: TrustPolicy): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...issuers, ...deviceAuthorities].map(({ name }) => {
      const asked = [...policies, ...administrators].filter(({ from }) => from === name);
      return [name, [...new Set(asked.flatMap(({ claims }) => Object.keys(claims)))]] as const;
    }),
  );
}
