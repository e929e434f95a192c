import data from "./catalogue/aws.json" with { type: "json" };
import { type AwsCatalogue, awsCatalogueSchema } from "./catalogue/schema.ts";

/** Every dated fact about Claude on Amazon Bedrock. */
export const catalogue: AwsCatalogue = awsCatalogueSchema.parse(data);

/** ISO date of the newest evidence behind any row. */
export const catalogueDate: string = catalogue.newestEvidence;

export type Model = AwsCatalogue["models"][number];
export type Profile = Model["profiles"][number];
export type Row = Profile["sources"][string];

const models: ReadonlyMap<string, Model> = new Map(catalogue.models.map((m) => [m.modelId, m]));
const profiles: ReadonlyMap<string, { readonly model: Model; readonly profile: Profile }> = new Map(
  catalogue.models.flatMap((model) =>
    model.profiles.map((profile) => [profile.profileId, { model, profile }] as const),
  ),
);

export function findModel(modelId: string): Model | undefined {
  return models.get(modelId);
}

export function findProfile(profileId: string) {
  return profiles.get(profileId);
}

/** Base model id behind a profile id, or `undefined` when the catalogue does not list the profile. */
export function modelIdOf(profileId: string): string | undefined {
  return profiles.get(profileId)?.model.modelId;
}

/** Name shown to people, for example `Claude Opus 5.5`; the id itself when it is not listed. */
export function modelName(modelId: string): string {
  return models.get(modelId)?.name ?? modelId;
}

/** One catalogue row, own keys only, so that a region called `constructor` finds nothing. */
export function rowOf(profileId: string, region: string): Row | undefined {
  const sources = profiles.get(profileId)?.profile.sources;
  return sources && Object.hasOwn(sources, region) ? sources[region] : undefined;
}

/**
 * Regions that may process a request sent to `region` through `profileId`.
 * `undefined` when there is no such row, or when the set is not bounded (`global.`).
 */
export function destinationsOf(profileId: string, region: string): readonly string[] | undefined {
  const destinations = rowOf(profileId, region)?.destinations;
  return destinations?.includes("*") ? undefined : destinations;
}

/**
 * Endpoints that exist with FIPS names in a region ({@link AwsCatalogue} `fipsSource` and
 * `rolesAnywhereFipsSource`).
 */
export function fipsServices(
  region: string,
): readonly ("bedrock-runtime" | "bedrock" | "rolesanywhere")[] {
  const { fips } = catalogue;
  return [
    ...(fips["bedrock-runtime-fips"].includes(region) ? (["bedrock-runtime"] as const) : []),
    ...(fips["bedrock-fips"].includes(region) ? (["bedrock"] as const) : []),
    ...(fips["rolesanywhere-fips"].includes(region) ? (["rolesanywhere"] as const) : []),
  ];
}

/** Regions where bedrock-mantle serves a model without leaving the region. */
export function mantleRegions(modelId: string): readonly string[] {
  return models.get(modelId)?.inRegion ?? [];
}

/** Whether a model may no longer be used on a day (ISO date). */
export function isRetired(model: Model, today: string): boolean {
  return model.status === "retired" || (model.endOfLife !== null && model.endOfLife <= today);
}
