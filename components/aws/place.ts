import type { Problem } from "../../residency/problem.ts";
import { regionVerdict } from "../../residency/regions.ts";
import type { Zone } from "../../residency/types.ts";

/**
 * Where one route rests. Plain values: they decide names and ARNs, so that every policy document
 * is known in a preview.
 */
export interface AwsPlace {
  /** Required. Zone the region must lie in. */
  readonly zone: Zone;
  /** Required. Account that owns the route, 12 digits. */
  readonly accountId: string;
  /** Required. Region of everything that rests, for example `eu-central-1`. */
  readonly region: string;
}

/** Problems of a place: a region that is not proven to lie inside the zone is refused. */
export function checkPlace({ zone, accountId, region }: AwsPlace): Problem[] {
  const problems: Problem[] = [];
  if (!/^\d{12}$/.test(accountId)) {
    problems.push({ path: "accountId", reason: `"${accountId}" is not a 12-digit account id` });
  }
  const { status, reason } = regionVerdict(zone, region);
  if (status !== "inside") problems.push({ path: "region", reason: `${status}: ${reason}` });
  return problems;
}

/** ARN of something in the place's region and account. */
export function arnAt({ zone, region, accountId }: AwsPlace, service: string, resource: string) {
  return `arn:${zone.awsPartition}:${service}:${region}:${accountId}:${resource}`;
}

/** ARN of something of the account that has no region (IAM). */
export function accountArn({ zone, accountId }: AwsPlace, service: string, resource: string) {
  return `arn:${zone.awsPartition}:${service}::${accountId}:${resource}`;
}

/** ARN of a bucket, or of objects in it: bucket ARNs hold neither region nor account. */
export function bucketArn({ zone }: AwsPlace, path: string) {
  return `arn:${zone.awsPartition}:s3:::${path}`;
}

/**
 * Name AWS services act under. Both partitions a zone can name use the same suffix.
 * @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/using-govcloud-arns.html
 */
export function servicePrincipal(service: string): string {
  return `${service}.amazonaws.com`;
}
