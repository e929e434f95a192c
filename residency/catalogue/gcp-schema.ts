import { z } from "zod";

const isoDate = z.iso.date();
/** Google's pages show a month at most; a day is written only where one was shown. */
const isoDateOrMonth = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/);
const source = z.strictObject({ url: z.url(), date: isoDateOrMonth });
const country = z.string().regex(/^[A-Z]{2}$/);
const regionId = z.string().regex(/^[a-z]+(-[a-z]+)+\d{1,2}$/);

/** Shape of `gcp.json`, checked when it is loaded: a broken catalogue must never give a verdict. */
export const gcpCatalogueSchema = z
  .strictObject({
    /** Day the rows were put together; acceptances given earlier did not see them. */
    compiled: isoDate,
    modelsSource: source,
    residencySource: source,
    retentionSource: source,
    countTokensSource: source,
    regionsSource: source,
    multiRegionsSource: source,
    appVersionSource: source,
    /** Where Claude answers, and what each place promises. */
    locations: z.record(
      z.string(),
      z.strictObject({
        kind: z.enum(["region", "multi-region", "global"]),
        host: z.string().endsWith(".googleapis.com"),
        /** Where requests are processed at most; `null` when nothing is promised. */
        jurisdiction: country.nullable(),
        /** Whether TLS is promised to end in the jurisdiction too. */
        tlsEndsInJurisdiction: z.boolean(),
      }),
    ),
    /** Names tools compose although Google serves no such host. */
    inventedHosts: z.array(z.string()),
    /** Locations, besides `global`, that serve the publisher model `count-tokens`. */
    countTokens: z.array(z.string()),
    regionCountries: z.record(regionId, country),
    /** Places wider than a region where data may rest. */
    multiRegions: z.record(
      z.string(),
      z.strictObject({ countries: z.array(country).min(1), what: z.string() }),
    ),
    models: z.array(
      z.strictObject({
        modelId: z.string().startsWith("claude-"),
        name: z.string(),
        released: isoDate.nullable(),
        /** From this day on Google may retire the model. */
        retireNotBefore: isoDate.nullable(),
        /** Location -> jurisdiction its model card promises processing in. */
        locations: z.record(z.string(), country),
        global: z.boolean(),
        /**
         * What is kept of prompts and answers: nothing beyond the ordinary terms; up to 30 days by Google
         * ("advanced AI"); or that, and shared with Anthropic.
         */
        retention: z.enum(["ordinary", "kept-by-google", "shared-with-anthropic"]),
        confidence: z.enum(["high", "medium", "low"]),
        /** The model card, or the only page that names the model. */
        source,
        idBasis: z.string(),
        note: z.string().optional(),
      }),
    ),
  })
  .superRefine((data, context) => {
    for (const { modelId, locations } of data.models) {
      for (const location of Object.keys(locations)) {
        if (!Object.hasOwn(data.locations, location)) {
          context.addIssue({ code: "custom", message: `${modelId}: no location "${location}"` });
        }
      }
    }
  });

export type GcpCatalogue = z.infer<typeof gcpCatalogueSchema>;
