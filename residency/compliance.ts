import { z } from "zod";
import { didYouMean } from "./nearest.ts";
import type { Problem } from "./problem.ts";
import { profileSourceSchema, profileSourcesOf } from "./profile-sources.ts";
import { readYaml } from "./read-yaml.ts";
import type { Acceptance, ProfileRecords, Zone } from "./types.ts";
import { builtInZones, customZoneSchema, resolveZone } from "./zones.ts";

/** What the compliance team decides, apart from anybody who writes stacks. */
export interface Compliance {
  /** Every zone a stack may be mapped to, acceptances included. */
  readonly zones: Readonly<Record<string, Zone>>;
  /** Stack name -> zone id. A stack that is not listed is refused. */
  readonly stacks: Readonly<Record<string, string>>;
  /** Whether a value that is not known yet blocks a preview. At `up` it always blocks. */
  readonly strictPreview: boolean;
  /** What each application profile was copied from. One not listed, or dated later, is undecidable. */
  readonly profileSources: ProfileRecords;
}

const schema = z.strictObject({
  stacks: z.record(z.string().min(1), z.string().min(1)),
  zones: z.record(z.string(), customZoneSchema.omit({ id: true })).default({}),
  accept: z
    .array(
      z.strictObject({
        zone: z.string(),
        id: z.string().min(1),
        date: z.iso.date(),
        reason: z.string().min(1),
      }),
    )
    .default([]),
  applicationProfiles: z.array(profileSourceSchema).default([]),
  strictPreview: z.boolean().default(false),
});

export type ParsedCompliance =
  | { readonly compliance: Compliance }
  | { readonly problems: readonly Problem[] };

/** Reads the compliance file's text. Every problem is reported at once; nothing is defaulted silently. */
export function parseCompliance(text: string): ParsedCompliance {
  const read = readYaml(text);
  if ("problems" in read) return read;
  const parsed = schema.safeParse(read.value);
  if (!parsed.success) return { problems: parsed.error.issues.flatMap(problemsOf) };

  const { stacks, zones: custom, accept, applicationProfiles, strictPreview } = parsed.data;
  const { profileSources, problems: sourceProblems } = profileSourcesOf(applicationProfiles);
  const problems: Problem[] = [...sourceProblems];
  const zones: Record<string, Zone> = {};
  const acceptancesOf = (id: string): Acceptance[] =>
    accept.filter((a) => a.zone === id).map(({ id, date, reason }) => ({ id, date, reason }));
  for (const id of Object.keys(builtInZones)) collect(id, id, `zones.${id}`);
  for (const [id, given] of Object.entries(custom)) collect(id, { id, ...given }, `zones.${id}`);

  const known = [...Object.keys(builtInZones), ...Object.keys(custom)];
  const unknown = (path: string, id: string) => {
    if (known.includes(id)) return;
    const meant = didYouMean(id, known);
    problems.push({ path, reason: `"${id}" is no zone: use one of ${known.join(", ")}${meant}` });
  };
  for (const [stack, id] of Object.entries(stacks)) unknown(`stacks.${stack}`, id);
  for (const [index, { zone }] of accept.entries()) unknown(`accept.${index}.zone`, zone);
  return problems.length > 0
    ? { problems }
    : { compliance: { zones, stacks, strictPreview, profileSources } };

  function collect(id: string, given: Parameters<typeof resolveZone>[0], path: string) {
    const resolved = resolveZone(given, acceptancesOf(id));
    if ("zone" in resolved) zones[id] = resolved.zone;
    else {
      for (const p of resolved.problems) {
        problems.push({ path: p.path.replace(/^geography/, path), reason: p.reason });
      }
    }
  }
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.join(".") || "the file";
  if (issue.code !== "unrecognized_keys") return [{ path, reason: issue.message }];
  return issue.keys.map((key) => {
    const meant = issue.path.length > 0 ? "" : didYouMean(key, Object.keys(schema.shape));
    return { path: [...issue.path, key].join("."), reason: `unknown key${meant}` };
  });
}
