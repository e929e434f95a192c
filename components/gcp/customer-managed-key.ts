/** What a customer-managed key protects on a route, and what it does not: one sentence each. */
export interface KeyCoverage {
  readonly covers: readonly string[];
  readonly doesNotCover: readonly string[];
}

/**
 * The honest text about the route's key. Google's CMEK page names data sets, tuned models, endpoints, batch
 * files and agents; calls of partner models and online inference in memory are not among them.
 *
 * @see https://docs.cloud.google.com/gemini-enterprise-agent-platform/machine-learning/general/cmek (2026-08)
 * @see https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/abuse-monitoring (about 2026-10)
 * @see https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/partner-models/claude/prompt-caching (2026-08)
 * @see https://docs.cloud.google.com/logging/docs/routing/managed-encryption-storage (read 2026-11-21)
 * @param dataset whether the route has a dataset for prompts and answers
 */
export function keyCoverage({ dataset }: { readonly dataset: boolean }): KeyCoverage {
  return {
    covers: [
      "Audit entries of Claude calls, and flow logs and refusals where the route has them, at rest in its log bucket.",
      ...(dataset ? ["Prompts and answers, at rest in the tables of the route's dataset."] : []),
    ],
    doesNotCover: [
      "Claude's inference: prompts and answers are processed in memory, and no key of yours is involved.",
      "The prompt cache: Google holds it for 5 minutes or 1 hour as Service Data.",
      "Abuse logging: where your contract has it, Google keeps prompts up to 90 days under its own key.",
      "Models with advanced-AI terms: Google keeps their prompts and answers up to 30 days under its own key.",
      "Whatever rests in the log buckets Google makes itself (_Required and _Default): they keep Google's keys unless the organization's default resource settings say otherwise.",
      "Entries on their way through the Log Router before they reach the bucket.",
    ],
  };
}
