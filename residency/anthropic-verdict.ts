import type { Source, Verdict, Zone } from "./types.ts";

/** One question about a route straight to Anthropic. */
export interface AnthropicQuery {
  readonly zone: Zone;
  readonly provider: "anthropic";
}

/** Page that says residency and compliance statements do not apply to the `anthropic` provider. */
export const anthropicSource: Source = {
  url: "https://claude.com/docs/third-party/claude-desktop/overview",
  date: "2026-09",
};

/** Outside every zone but one that accepts it in so many words; always outside the guarantee. */
export function anthropicVerdict({ zone }: AnthropicQuery): Verdict {
  const accepted = zone.accepts?.includes("anthropic-direct") === true;
  return {
    status: accepted ? "inside" : "outside",
    places: [{ region: "Anthropic's own infrastructure", country: undefined }],
    reason: accepted
      ? `zone ${zone.id} accepts anthropic-direct: processed by Anthropic, outside the guarantee`
      : `processed by Anthropic itself; zone ${zone.id} does not accept anthropic-direct`,
    source: anthropicSource,
    anthropicSees: "content",
  };
}
