import type { Problem } from "../../../residency/problem.ts";
import type { AwsPlace } from "../place.ts";
import type { RoleSettings } from "./role-settings.ts";

/** IAM compares these values literally, so a pattern matches nobody, or, one operator later, everybody. */
export function wildcardProblems(path: string, value: string): Problem[] {
  return /[*?]/.test(value)
    ? [{ path, reason: `"${value}" holds a wildcard; name one exact value` }]
    : [];
}

/** Missing, empty or padded text. */
export function textProblems(path: string, value: string | undefined, meaning: string): Problem[] {
  if (value === undefined || value.trim() === "") {
    return [{ path, reason: `missing; give ${meaning}` }];
  }
  if (value !== value.trim()) {
    return [{ path, reason: `"${value}" begins or ends with a space` }];
  }
  return wildcardProblems(path, value);
}

/** Session length AWS accepts for the kind of access. */
export function sessionProblems(
  path: string,
  seconds: number | undefined,
  least: number,
  most: number,
): Problem[] {
  if (seconds === undefined) return [];
  if (Number.isInteger(seconds) && seconds >= least && seconds <= most) return [];
  return [{ path, reason: `${seconds} is not a whole number of seconds from ${least} to ${most}` }];
}

/** Path and boundary of a role, as IAM accepts them, in the route's own account and partition. */
export function roleSettingsProblems(
  prefix: string,
  place: AwsPlace,
  settings: RoleSettings | undefined,
): Problem[] {
  const problems: Problem[] = [];
  const { path, permissionsBoundaryArn: boundary } = settings ?? {};
  if (path !== undefined && !/^\/([\w+=,.@-]+\/)*$/.test(path)) {
    problems.push({
      path: `${prefix}.path`,
      reason: `"${path}" is no IAM path; begin and end it with a slash, for example "/cowork/"`,
    });
  }
  if (boundary !== undefined) {
    const wanted = new RegExp(
      `^arn:${place.zone.awsPartition}:iam::(${place.accountId}|aws):policy/[\\w+=,.@/-]+$`,
    );
    if (!wanted.test(boundary)) {
      problems.push({
        path: `${prefix}.permissionsBoundaryArn`,
        reason: `"${boundary}" is no managed policy of account ${place.accountId} in partition ${place.zone.awsPartition}`,
      });
    } else if (/\/(AdministratorAccess|AmazonBedrockFullAccess|PowerUserAccess)$/.test(boundary)) {
      problems.push({
        path: `${prefix}.permissionsBoundaryArn`,
        reason: `"${boundary}" bounds nothing that matters here; leave it out to get one written from the route's own grant`,
      });
    }
  }
  return problems;
}
