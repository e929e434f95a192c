import type { Candidate } from "./run-rule.ts";

/** A Google resource of the project `cowork-eu`, whose provider is in Frankfurt unless another is given. */
export function google(
  type: string,
  props: Record<string, unknown>,
  more: Partial<Candidate> = {},
): Candidate {
  const provider = { project: "cowork-eu", region: "europe-west3" };
  return { type: `gcp:${type}`, props, provider, ...more };
}
