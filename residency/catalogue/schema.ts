import { z } from "zod";

const isoDate = z.iso.date();
const source = z.strictObject({ url: z.url(), date: isoDate });
const regionId = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/);

/** One (profile, source region) row: which regions may process the request, and who says so. */
const row = z.strictObject({
  /** `*` alone means any commercial region. */
  destinations: z.array(z.union([regionId, z.literal("*")])).min(1),
  /** Key of `evidence`. */
  evidence: z.string(),
});

/** A row whose destinations are all named. */
const boundedRow = row.extend({ destinations: z.array(regionId).min(1) });

/** Shape of `aws.json`, checked when it is loaded: a broken catalogue must never give a verdict. */
export const awsCatalogueSchema = z
  .strictObject({
    /** Day the rows were put together. */
    compiled: isoDate,
    /** Newest dated evidence behind any row of a model. */
    newestEvidence: isoDate,
    evidence: z.record(
      z.string(),
      z.strictObject({
        what: z.string(),
        url: z.url(),
        date: isoDate,
        /** Weak evidence leaves a row undecidable until compliance accepts it. */
        weak: z.boolean(),
      }),
    ),
    inRegionSource: source,
    lifecycleSource: source,
    globalSource: source,
    regionsSource: source,
    fipsSource: source,
    rolesAnywhereFipsSource: source,
    guardrailsSource: source,
    regionCountries: z.record(regionId, z.string().regex(/^[A-Z]{2}$/)),
    fips: z.strictObject({
      "bedrock-runtime-fips": z.array(regionId),
      "bedrock-fips": z.array(regionId),
      "bedrock-mantle": z.array(regionId),
      "rolesanywhere-fips": z.array(regionId),
    }),
    /** Where the Standard tier of guardrails checks text; each row is judged on its own evidence's date. */
    guardrailProfiles: z.array(
      z.strictObject({
        profileId: z.string().regex(/^[a-z-]+\.guardrail\.v\d+:\d+$/),
        sources: z.record(regionId, boundedRow),
      }),
    ),
    /** Ids that circulate in price maps and samples although AWS publishes no such profile. */
    unpublishedIds: z.array(z.strictObject({ pattern: z.string(), seenIn: z.string() })),
    models: z.array(
      z.strictObject({
        modelId: z.string().startsWith("anthropic."),
        name: z.string(),
        launched: isoDate.nullable(),
        status: z.enum(["active", "legacy", "retired"]),
        endOfLife: isoDate.nullable(),
        /** Regions where bedrock-mantle serves the model without leaving the region. */
        inRegion: z.array(regionId),
        inRegionConfidence: z.enum(["high", "medium", "low"]).nullable(),
        profiles: z.array(
          z.strictObject({
            profileId: z.string(),
            confidence: z.enum(["high", "medium", "low"]),
            sources: z.record(regionId, row),
          }),
        ),
      }),
    ),
  })
  .superRefine((data, context) => {
    for (const model of data.models) {
      for (const { profileId } of model.profiles) {
        if (!profileId.endsWith(`.${model.modelId}`)) {
          context.addIssue({ code: "custom", message: `${profileId} is not of ${model.modelId}` });
        }
      }
    }
    const rows = [...data.models.flatMap((model) => model.profiles), ...data.guardrailProfiles];
    for (const { profileId, sources } of rows) {
      for (const [region, { evidence }] of Object.entries(sources)) {
        if (!Object.hasOwn(data.evidence, evidence)) {
          context.addIssue({
            code: "custom",
            message: `${profileId} from ${region}: no evidence "${evidence}"`,
          });
        }
      }
    }
  });

export type AwsCatalogue = z.infer<typeof awsCatalogueSchema>;
