import type { Problem } from "../../residency/problem.ts";
import type { AwsPlace } from "./place.ts";

/** Longest label that still leaves room for `cowork-`, `-` and the account in a bucket name. */
const maxLabelLength = 43;

/**
 * Joins organization, geography and route into the label all names of a route hang on, so that
 * two routes of one account never meet.
 */
export function routeLabel(organization: string, geography: string, route: string): string {
  return [organization, geography, route].join("-");
}

/**
 * A label must survive in bucket names (63 characters, lower case), log-group names and role names.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function checkLabel(label: string): Problem[] {
  const problems: Problem[] = [];
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(label)) {
    const reason = `"${label}" may hold lower-case letters, digits and single hyphens between them`;
    problems.push({ path: "label", reason });
  }
  if (label.length > maxLabelLength) {
    const reason = `"${label}" has ${label.length} characters; at most ${maxLabelLength} fit a bucket name of 63: shorten the organization, geography or route`;
    problems.push({ path: "label", reason });
  }
  return problems;
}

/** Every fixed name of one route. Composed from configuration alone: known in any preview. */
export interface RouteNames {
  readonly bucketName: string;
  readonly invocationLogGroupName: string;
  readonly trailLogGroupName: string;
  readonly flowLogGroupName: string;
  readonly trailName: string;
  readonly alarmName: string;
  readonly topicName: string;
  readonly keyAlias: string;
}

/** @param label from {@link routeLabel} */
export function routeNames(label: string, { accountId }: Pick<AwsPlace, "accountId">): RouteNames {
  return {
    bucketName: `cowork-${label}-${accountId}`,
    invocationLogGroupName: `/cowork/${label}/invocations`,
    trailLogGroupName: `/cowork/${label}/trail`,
    flowLogGroupName: `/cowork/${label}/flow`,
    trailName: `cowork-${label}`,
    alarmName: `cowork-${label}-inference-outside-zone`,
    topicName: `cowork-${label}-alarms`,
    keyAlias: `alias/cowork-${label}`,
  };
}
