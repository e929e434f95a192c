/**
 * Verifies again when the policy changed meanwhile, as it can while an issuer's keys are fetched: otherwise whom an
 * issuer vouched for that is trusted no more would be judged by policies that mean another one of its name.
 *
 * @param verify Changes nothing: a token is used up later.
 */
export function underOnePolicy<Evidence, Result>(
  current: () => object,
  verify: (evidence: Evidence) => Promise<Result>,
): (evidence: Evidence) => Promise<Result> {
  return async (evidence) => {
    for (;;) {
      const before = current();
      const result = await verify(evidence);
      if (current() === before) return result;
    }
  };
}
