import { type AnthropicQuery, anthropicVerdict } from "./anthropic-verdict.ts";
import { type FoundryQuery, foundryVerdict } from "./azure/foundry-verdict.ts";
import { type BedrockQuery, bedrockVerdict } from "./bedrock-verdict.ts";
import { profilesInside } from "./choices.ts";
import { gatewayVerdict } from "./gateway-verdict.ts";
import { type VertexQuery, vertexChoices, vertexVerdict } from "./gcp/vertex-verdict.ts";
import { type MantleQuery, mantleVerdict } from "./mantle-verdict.ts";
import { regionsOf } from "./regions.ts";
import type { Verdict, Zone } from "./types.ts";

/** One question about one place a request may be sent to. */
export type UpstreamQuery =
  | BedrockQuery
  | MantleQuery
  | VertexQuery
  | FoundryQuery
  | (AnthropicQuery & { readonly today: string });

/** One question about one route of any provider. */
export type VerdictQuery =
  | UpstreamQuery
  | {
      readonly zone: Zone;
      readonly provider: "gateway";
      /** Everything the gateway may send a request to, failover included, by the gateway's own names. */
      readonly upstreams: readonly { readonly name: string; readonly query: UpstreamQuery }[];
      readonly today: string;
    };

/** Providers whose verdict needs no more than a place and a model. */
export const judgedProviders = ["bedrock", "vertex", "mantle", "foundry", "anthropic"] as const;

/**
 * May this model, called from this place, be used in this zone?
 * Total: any text gets an answer, and what cannot be proven is `undecidable`.
 */
export function verdict(query: VerdictQuery): Verdict {
  const result = judge(query);
  if (result.status === "inside" || result.alternative !== undefined) return result;
  const elsewhere = elsewhereInside(query);
  return elsewhere === undefined ? result : { ...result, alternative: elsewhere };
}

function judge(query: VerdictQuery): Verdict {
  switch (query.provider) {
    case "bedrock":
      return bedrockVerdict(query);
    case "mantle":
      return mantleVerdict(query);
    case "vertex":
      return vertexVerdict(query);
    case "foundry":
      return foundryVerdict(query);
    case "anthropic":
      return anthropicVerdict(query);
    case "gateway":
      return gatewayVerdict(
        query.upstreams.map(({ name, query: upstream }) => ({ name, verdict: judge(upstream) })),
      );
  }
}

/** What carries the guarantee inside the zone: Bedrock first, then Vertex AI. */
function elsewhereInside({ zone, today, provider }: VerdictQuery): string | undefined {
  const [bedrock] = provider === "bedrock" ? [] : bedrockChoices(zone, today);
  if (bedrock !== undefined) return `provider bedrock: ${bedrock.model} from ${bedrock.region}`;
  const [vertex] = provider === "vertex" ? [] : vertexChoices(zone, today);
  return vertex && `provider vertex: ${vertex.model} at ${vertex.location}`;
}

function bedrockChoices(zone: Zone, today: string) {
  return regionsOf(zone).flatMap((region) =>
    profilesInside(zone, region, today).map((model) => ({ model, region })),
  );
}
