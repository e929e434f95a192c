import data from "../catalogue/gcp.json" with { type: "json" };
import { type GcpCatalogue, gcpCatalogueSchema } from "../catalogue/gcp-schema.ts";

/** Every dated fact about Claude on Google Cloud's Agent Platform (API and keys still say Vertex AI). */
export const gcpCatalogue: GcpCatalogue = gcpCatalogueSchema.parse(data);

export type VertexModel = GcpCatalogue["models"][number];
export type VertexLocation = GcpCatalogue["locations"][string];

const models: ReadonlyMap<string, VertexModel> = new Map(
  gcpCatalogue.models.map((model) => [model.modelId, model]),
);

export function findVertexModel(modelId: string): VertexModel | undefined {
  return models.get(modelId);
}

/** A place Claude answers at; own keys only, so that a location called `constructor` finds nothing. */
export function findVertexLocation(location: string): VertexLocation | undefined {
  const { locations } = gcpCatalogue;
  return Object.hasOwn(locations, location) ? locations[location] : undefined;
}

/** Name shown to people, for example `Claude Opus 5.5`; the id itself when it is not listed. */
export function vertexModelName(modelId: string): string {
  return models.get(modelId)?.name ?? modelId;
}

/** Whether tokens are counted at the location itself ({@link GcpCatalogue} `countTokensSource`). */
export function countsTokens(location: string): boolean {
  return gcpCatalogue.countTokens.includes(location);
}
