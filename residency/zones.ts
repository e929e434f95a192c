import { z } from "zod";
import { catalogue } from "./bedrock.ts";
import { euMemberStates } from "./countries.ts";
import { didYouMean } from "./nearest.ts";
import type { Problem } from "./problem.ts";
import { nearestServable } from "./servable.ts";
import type { Acceptance, AwsPartition, Zone } from "./types.ts";

const zone = (
  id: string,
  label: string,
  countries: readonly string[],
  awsPartition: AwsPartition = "aws",
): Zone => ({ id, label, countries, awsPartition, acceptances: [] });

/** Zones that ship with the kit. */
export const builtInZones: Readonly<Record<string, Zone>> = {
  eu: zone("eu", "European Union", euMemberStates),
  us: zone("us", "United States", ["US"]),
  jp: zone("jp", "Japan", ["JP"]),
  au: zone("au", "Australia", ["AU"]),
  in: zone("in", "India", ["IN"]),
  sg: zone("sg", "Singapore", ["SG"]),
  "us-gov": zone("us-gov", "United States, AWS GovCloud", ["US"], "aws-us-gov"),
};

/** A zone given as a list of country codes. */
export const customZoneSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, "lower-case letters, digits and dashes, at most 32"),
  label: z.string().min(1).max(80),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, "an ISO 3166-1 alpha-2 code such as DE"))
    .min(1),
  awsPartition: z.enum(["aws", "aws-us-gov"]).default("aws"),
  /** Processing without a bounded place that compliance accepts in so many words. */
  accepts: z
    .array(z.enum(["azure-anywhere", "anthropic-direct"]))
    .min(1)
    .optional(),
});

export type CustomZone = z.input<typeof customZoneSchema>;

export type ResolvedZone = { readonly zone: Zone } | { readonly problems: readonly Problem[] };

/**
 * A zone by name, or a custom one given in full. Refuses a zone that no provider in the catalogue
 * can serve, and names the nearest one that could be served.
 */
export function resolveZone(
  given: string | CustomZone,
  acceptances: readonly Acceptance[] = [],
): ResolvedZone {
  if (typeof given === "string") {
    const known = Object.hasOwn(builtInZones, given) ? builtInZones[given] : undefined;
    return known ? { zone: { ...known, acceptances } } : refuse("geography", unknownZone(given));
  }
  const parsed = customZoneSchema.safeParse(given);
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map((issue) => ({
        path: ["geography", ...issue.path].join("."),
        reason: issue.message,
      })),
    };
  }
  if (Object.hasOwn(builtInZones, parsed.data.id)) {
    return refuse("geography.id", `"${parsed.data.id}" is a built-in zone; choose another id`);
  }
  const custom: Zone = { ...parsed.data, acceptances };
  const unservable = nearestServable(custom);
  return unservable === undefined ? { zone: custom } : refuse("geography.countries", unservable);
}

function unknownZone(name: string): string {
  const names = Object.keys(builtInZones);
  const meant = didYouMean(name, names);
  return `"${name}" is no zone: use one of ${names.join(", ")}, or give a custom zone in full${meant}`;
}

function refuse(path: string, reason: string): ResolvedZone {
  return { problems: [{ path, reason: `${reason} (catalogue of ${catalogue.newestEvidence})` }] };
}
