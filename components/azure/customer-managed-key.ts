/** What a customer-managed key protects on a route, and what it does not: one sentence each. */
export interface KeyCoverage {
  readonly covers: readonly string[];
  readonly doesNotCover: readonly string[];
}

/**
 * The honest text about the route's key. Foundry's page names what the resource stores; Claude's calls are
 * answered by Anthropic's software and stored by neither.
 *
 * @see https://learn.microsoft.com/azure/foundry/concepts/encryption-keys-portal (2026-08-24)
 * @see https://learn.microsoft.com/azure/foundry/responsible-ai/claude-models/data-privacy (2026-06-23)
 */
export const keyCoverage: KeyCoverage = {
  covers: ["What the Foundry resource itself stores, at rest in its region."],
  doesNotCover: [
    "Claude's inference: prompts and answers are processed in memory, and no key of yours is involved.",
    "The prompt cache: no source says under which key it is held.",
    "Content that automatic safeguards flag: Anthropic may keep it under its own terms and keys.",
    "Diagnostics in the Log Analytics workspace: they rest under Microsoft's keys, since a key of your own needs a dedicated cluster.",
  ],
};
