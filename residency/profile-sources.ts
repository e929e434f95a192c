import { z } from "zod";

import { parseModelRef } from "./model-ref.ts";
import type { Problem } from "./problem.ts";

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
 * and the verdict refuses it. What cannot be read at all, or is said twice, is.
 */
export function profileSourcesOf(entries: readonly ProfileSource[]): {
  readonly profileSources: Readonly<Record<string, string>>;
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
    const first = entries.findIndex((entry) => entry.arn === arn);
    if (first < index) {
      const reason = `applicationProfiles.${first} names this profile already`;
      found.push({ path: `applicationProfiles.${index}.arn`, reason });
    }
    return found;
  });
  return {
    profileSources: Object.fromEntries(entries.map(({ arn, source }) => [arn, source])),
    problems,
  };
}
