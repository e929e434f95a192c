import { type BedrockQuery, bedrockVerdict } from "./bedrock-verdict.ts";
import { profilesInside } from "./choices.ts";
import { type VertexQuery, vertexChoices, vertexVerdict } from "./gcp/vertex-verdict.ts";
import { regionsOf } from "./regions.ts";
import type { Verdict, Zone } from "./types.ts";

/** One question about one route of any provider. */
export type VerdictQuery = BedrockQuery | VertexQuery;

/** Providers that have verdicts. */
export const judgedProviders = ["bedrock", "vertex"] as const;

/**
 * May this model, called from this place, be used in this zone?
 * Total: any text gets an answer, and what cannot be proven is `undecidable`.
 */
export function verdict(query: VerdictQuery): Verdict {
  const result = query.provider === "bedrock" ? bedrockVerdict(query) : vertexVerdict(query);
  if (result.status === "inside" || result.alternative !== undefined) return result;
  const elsewhere = elsewhereInside(query);
  return elsewhere === undefined ? result : { ...result, alternative: elsewhere };
}

/** When the provider asked about has nothing inside the zone, another one may. */
function elsewhereInside({ zone, today, provider }: VerdictQuery): string | undefined {
  if (provider === "vertex") {
    const [choice] = bedrockChoices(zone, today);
    return choice && `provider bedrock: ${choice.model} from ${choice.region}`;
  }
  const [choice] = vertexChoices(zone, today);
  return choice && `provider vertex: ${choice.model} at ${choice.location}`;
}

function bedrockChoices(zone: Zone, today: string) {
  return regionsOf(zone).flatMap((region) =>
    profilesInside(zone, region, today).map((model) => ({ model, region })),
  );
}
