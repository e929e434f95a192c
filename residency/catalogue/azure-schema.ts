import { z } from "zod";

const isoDate = z.iso.date();
/** Microsoft's pages show a month at most; a day is written only where one was shown. */
const isoDateOrMonth = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/);
const source = z.strictObject({ url: z.url(), date: isoDateOrMonth });
const country = z.string().regex(/^[A-Z]{2}$/);
const regionId = z.string().regex(/^[a-z]+\d?$/);
const confidence = z.enum(["high", "medium", "low"]);

/** Deployment types Claude is offered with. */
const sku = z.enum(["GlobalStandard", "DataZoneStandard"]);

/** Shape of `azure.json`, checked when it is loaded: a broken catalogue must never give a verdict. */
export const azureCatalogueSchema = z.strictObject({
  /** Day the rows were put together; acceptances given earlier did not see them. */
  compiled: isoDate,
  modelsSource: source,
  privacySource: source,
  regionsSource: source,
  countriesSource: source,
  /** Data zone -> jurisdictions that process in it. */
  dataZones: z.record(z.string(), z.array(country).min(1)),
  /** Regions a resource with Claude deployments may live in, and how sure that is for the data zone. */
  resourceRegions: z.record(regionId, z.strictObject({ confidence })),
  regionCountries: z.record(regionId, country),
  models: z.array(
    z.strictObject({
      name: z.string().startsWith("claude-"),
      label: z.string(),
      versions: z
        .array(
          z.strictObject({
            /** The version decides who hosts: `2` is Azure, `1` or a date is Anthropic. */
            version: z.string().min(1),
            hosting: z.enum(["azure", "anthropic"]),
            skus: z.array(sku).min(1),
            lifecycle: z.string(),
            confidence,
          }),
        )
        .min(1),
    }),
  ),
});

export type AzureCatalogue = z.infer<typeof azureCatalogueSchema>;
