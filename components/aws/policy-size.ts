import type { Problem } from "../../residency/problem.ts";

/**
 * Largest document AWS stores, in characters without white space.
 * Role inline and managed policies: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * Trust policies: the default quota on the same page (an administrator may have raised it).
 * Permission sets: https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
 * Endpoint policies: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
const policyLimits = {
  "role inline policy": 10_240,
  "permission boundary": 6_144,
  "trust policy": 2_048,
  "permission set inline policy": 10_240,
  "endpoint policy": 20_480,
} as const;

export type PolicyKind = keyof typeof policyLimits;

/** Says how long a document is; AWS itself only answers "LimitExceeded", in mid-deployment. */
export function sizeProblems(kind: PolicyKind, path: string, text: string): Problem[] {
  const limit = policyLimits[kind];
  if (text.length <= limit) return [];
  const reason = `the ${kind} has ${text.length} characters, AWS accepts at most ${limit}; list fewer models on this route, or move some to a second route`;
  return [{ path, reason }];
}
