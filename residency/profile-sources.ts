import { z } from "zod";

import { type ArnParts, arnParts } from "./arn.ts";
import { parseModelRef } from "./model-ref.ts";
import type { Problem } from "./problem.ts";
import { partitionOf } from "./regions.ts";
import type { ProfileRecord, ProfileRecords } from "./types.ts";

/** One application inference profile and what it was copied from, as compliance looked it up. */
export const profileSourceSchema = z.strictObject({
  /** ARN AWS gave the application profile; it names no model and no geography. */
  arn: z.string(),
  /** Profile id or ARN it was copied from. */
  source: z.string(),
  /** ISO date of the look-up. */
  date: z.iso.date(),
  reason: z.string().min(1),
});

type ProfileSource = z.infer<typeof profileSourceSchema>;

const applicationProfileArn =
  /^arn:aws[a-z-]*:bedrock:[a-z]{2}(-[a-z]+)+-\d:\d{12}:application-inference-profile\/[a-z0-9]+$/;

/**
 * Application-profile ARN -> its source. A source outside the zone is no problem here: it may be true,
 * and the verdict refuses it. What cannot be read, cannot be true or is said twice, is.
 */
export function profileSourcesOf(entries: readonly ProfileSource[]): {
  readonly profileSources: ProfileRecords;
  readonly problems: readonly Problem[];
} {
  const problems = entries.flatMap(({ arn, source }, index): Problem[] => {
    const found: Problem[] = [];
    if (!applicationProfileArn.test(arn)) {
      const reason = `"${arn}" is not the ARN of an application inference profile`;
      found.push({ path: `applicationProfiles.${index}.arn`, reason });
    }
    if (!["profile", "global", "model-in-region"].includes(parseModelRef(source).kind)) {
      const reason = `"${source}" is no profile id or ARN of what an application profile can be copied from`;
      found.push({ path: `applicationProfiles.${index}.source`, reason });
    }
    found.push(
      ...placeProblems(arn, source).map(({ path, reason }) => ({
        path: `applicationProfiles.${index}.${path}`,
        reason,
      })),
    );
    const first = entries.findIndex((entry) => entry.arn === arn);
    if (first < index) {
      const reason = `applicationProfiles.${first} names this profile already`;
      found.push({ path: `applicationProfiles.${index}.arn`, reason });
    }
    return found;
  });
  return {
    profileSources: Object.fromEntries(
      entries.map(({ arn, source, date }) => [arn, { source, date }]),
    ),
    problems,
  };
}

/**
 * Where a source may process a request depends on where it is called from, so that a source of another
 * place says nothing about this profile.
 */
function placeProblems(arn: string, source: string): Problem[] {
  const own = arnParts(arn);
  if (own === undefined) return [];
  const problems: Problem[] = [];
  const partition = partitionOf(own.region);
  if (partition !== undefined && partition !== own.partition) {
    const reason = `is of partition ${own.partition}, but ${own.region} is in ${partition}: look it up again`;
    problems.push({ path: "arn", reason });
  }
  const from = arnParts(source);
  if (from === undefined) return problems;
  const parts = ["partition", "region", "account"] as const satisfies readonly (keyof ArnParts)[];
  for (const part of parts) {
    // The ARN of a model names no account.
    if (from[part] === "" || from[part] === own[part]) continue;
    const reason = `is of ${part} ${from[part]}, but the application profile is of ${own[part]}: look it up again`;
    problems.push({ path: "source", reason });
  }
  return problems;
}

/** The record of one application profile, or why it does not count on a day. */
export type CountedRecord =
  | { readonly record: ProfileRecord }
  | { readonly problem: "absent" | "does-not-count"; readonly reason: string };

/**
 * The record of an application profile as it counts on a day. As with an acceptance, one dated later
 * does not count: nobody can have looked the profile up yet.
 *
 * @param today ISO date.
 */
export function recordOn(
  records: ProfileRecords | undefined,
  arn: string,
  today: string,
): CountedRecord {
  const record = records && Object.hasOwn(records, arn) ? records[arn] : undefined;
  if (record === undefined) {
    return { problem: "absent", reason: `${arn} does not say which profile it was copied from` };
  }
  // An empty date would sort before every day.
  const dated = /^\d{4}-\d{2}-\d{2}$/.test(record.date);
  if (dated && record.date <= today) return { record };
  const why = dated ? `is dated ${record.date}, after ${today}` : "has no date";
  const reason = `the compliance file's record of ${arn} ${why}: it does not count; set its date in applicationProfiles to the day of the look-up`;
  return { problem: "does-not-count", reason };
}
