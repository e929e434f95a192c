import { didYouMean } from "../../../residency/nearest.ts";
import type { Problem } from "../../../residency/problem.ts";
import type { AwsPlace } from "../place.ts";
import { bundleProblems } from "./certificate-bundle.ts";
import { roleSettingsProblems, sessionProblems, textProblems } from "./check-values.ts";
import type { RolesAnywhereSettings } from "./roles-anywhere-settings.ts";

/** Fields Roles Anywhere maps from a certificate's subject by default. */
const subjectFields: readonly string[] = ["C", "CN", "L", "O", "OU", "ST"];

/**
 * Values of a session tag. A field that holds anything else, a comma for instance, never becomes a tag, and
 * a condition on it lets nobody in.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html (looked up 2026-11-21)
 */
const tagValue = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u;

/** Pure, so that the edge cases are tested without an engine. */
export function checkRolesAnywhere(
  path: string,
  place: AwsPlace,
  settings: RolesAnywhereSettings,
  today: string,
): Problem[] {
  const { subject } = settings;
  const problems = [
    ...anchorProblems(path, place, settings, today),
    ...Object.entries(subject).flatMap(([field, value]) =>
      subjectProblems(`${path}.subject.${field}`, field, value),
    ),
    ...sessionProblems(`${path}.maxSessionSeconds`, settings.maxSessionSeconds, 3600, 43_200),
    ...roleSettingsProblems(path, place, settings),
  ];
  if (Object.keys(subject).length === 0) {
    const reason =
      "empty, so every certificate the authority ever issued, servers included, could sign in; give a field such as { OU: Laptops }";
    problems.push({ path: `${path}.subject`, reason });
  }
  return problems;
}

function anchorProblems(
  path: string,
  place: AwsPlace,
  { acmPcaArn, certificateBundle }: RolesAnywhereSettings,
  today: string,
): Problem[] {
  if (certificateBundle === undefined) {
    if (acmPcaArn !== undefined) return authorityProblems(`${path}.acmPcaArn`, place, acmPcaArn);
    const reason =
      "missing; give the PEM text of the company's own authority, or acmPcaArn of an AWS private one";
    return [{ path: `${path}.certificateBundle`, reason }];
  }
  const both =
    acmPcaArn === undefined
      ? []
      : [
          {
            path: `${path}.certificateBundle`,
            reason:
              "given beside acmPcaArn; a trust anchor has one source: leave one of the two out",
          },
        ];
  return [...both, ...bundleProblems(`${path}.certificateBundle`, certificateBundle, today)];
}

function subjectProblems(path: string, field: string, value: string): Problem[] {
  if (!subjectFields.includes(field)) {
    const meant = didYouMean(field, subjectFields);
    const reason = `not a subject field that AWS maps; use ${subjectFields.join(", ")}${meant}`;
    return [{ path, reason }];
  }
  const problems = textProblems(path, value, "the exact value of the field");
  if (problems.length > 0 || tagValue.test(value)) return problems;
  const reason = `"${value}" is no value AWS maps: at most 256 letters, digits, spaces and _.:/=+-@; pin another field`;
  return [{ path, reason }];
}

function authorityProblems(path: string, place: AwsPlace, arn: string): Problem[] {
  const missing = textProblems(path, arn, "the ARN of the private certificate authority");
  if (missing.length > 0) return missing;
  const parts = /^arn:(aws[a-z-]*):acm-pca:([a-z0-9-]+):\d{12}:certificate-authority\/[\w-]+$/.exec(
    arn,
  );
  if (parts === null) {
    // Whoever took this for the place of a key must not find it in a log.
    const named = arn.startsWith("arn:") ? `"${arn}" is ` : "";
    return [{ path, reason: `${named}no ARN of a private certificate authority` }];
  }
  const problems: Problem[] = [];
  if (parts[1] !== place.zone.awsPartition) {
    problems.push({
      path,
      reason: `"${arn}" is of partition ${parts[1]}, the route of ${place.zone.awsPartition}`,
    });
  }
  if (parts[2] !== place.region) {
    problems.push({
      path,
      reason: `"${arn}" is in ${parts[2]}; a trust anchor in ${place.region} needs one there`,
    });
  }
  return problems;
}
