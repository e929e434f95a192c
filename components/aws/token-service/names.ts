import { createHash } from "node:crypto";

import { defaultPath, roleArn } from "../iam/role-settings.ts";
import { routeNames } from "../names.ts";
import { type AwsPlace, arnAt } from "../place.ts";

/** Label all names of a geography's service hang on; never one of a route, which starts with the organization. */
export function serviceLabel(organization: string, geography: string): string {
  return `token-service-${organization}-${geography}`;
}

/**
 * ARN of the role the service acts as, known before anything exists: what the caller roles trust.
 *
 * @param label from {@link serviceLabel}
 * @param path IAM path of the service's roles. Default: `/cowork/`.
 */
export function taskRoleArn(place: AwsPlace, label: string, path = defaultPath): string {
  return roleArn(place, `cowork-${label}`, path);
}

/** ARN of the role ECS starts a task as: pulls the image, writes the log. */
export function startRoleArn(place: AwsPlace, label: string, path = defaultPath): string {
  return roleArn(place, `cowork-${label}-start`, path);
}

/** Every fixed name of one service. Composed from configuration alone. */
export interface ServiceNames {
  readonly taskRoleName: string;
  readonly startRoleName: string;
  /** Cluster, service, task family and container group. */
  readonly clusterName: string;
  readonly logGroupName: string;
  readonly logGroupArn: string;
  readonly flowLogGroupName: string;
  readonly bucketName: string;
  readonly keyAlias: string;
  readonly signingKeyAlias: string;
  /** Folder of the parameters with what AWS chose. */
  readonly parameterPath: string;
  /** At most 32 characters: load balancer, target group, trust store, store. */
  readonly shortName: string;
  /** At most 40 characters, lower case. */
  readonly storeUser: string;
}

/** @param label from {@link serviceLabel} */
export function serviceNames(place: AwsPlace, label: string): ServiceNames {
  const { bucketName, keyAlias, flowLogGroupName } = routeNames(label, place);
  const logGroupName = `/cowork/${label}/service`;
  const shortName = shortened(label);
  return {
    taskRoleName: `cowork-${label}`,
    startRoleName: `cowork-${label}-start`,
    clusterName: `cowork-${label}`,
    logGroupName,
    logGroupArn: arnAt(place, "logs", `log-group:${logGroupName}`),
    flowLogGroupName,
    bucketName,
    keyAlias,
    signingKeyAlias: `${keyAlias}-signing`,
    parameterPath: `/cowork/${label}`,
    shortName,
    storeUser: `${shortName}-user`,
  };
}

/**
 * Readable where it fits 32 characters, else cut and told apart by a digest of the whole label.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html (32)
 * @see https://docs.aws.amazon.com/memorydb/latest/APIReference/API_CreateCluster.html (40; looked up 2026-11-21)
 */
function shortened(label: string): string {
  const whole = label.replace(/^token-service-/, "cowork-tokens-");
  if (whole.length <= 32) return whole;
  const digest = createHash("sha256").update(label).digest("hex").slice(0, 8);
  return `${whole.slice(0, 23).replace(/-$/, "")}-${digest}`;
}
