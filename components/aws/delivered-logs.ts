import type { Problem } from "../shared/input-check.ts";
import type { LogBucket } from "./log-bucket.ts";
import { routeNames } from "./names.ts";
import { checkRouteStore, type RouteStoreArgs } from "./route-store.ts";
import type { RoleRules } from "./service-role.ts";

/** What a service is told that delivers into a log group of its own and into the route's bucket. */
export interface DeliveredLogsArgs extends RouteStoreArgs {
  /** Required. Bucket of the same route. */
  readonly bucket: LogBucket;
  /** Optional. Demands on the delivery role. */
  readonly roleRules?: RoleRules | undefined;
}

/** Everything about these arguments that can be judged without AWS, another route's bucket included. Pure. */
export function checkDeliveredLogs(args: DeliveredLogsArgs): Problem[] {
  const { place, label, bucket } = args;
  const problems = checkRouteStore(args);
  const own = routeNames(label, place).bucketName;
  if (bucket.bucketName !== own) {
    const reason = `"${bucket.bucketName}" is not this route's bucket "${own}"`;
    problems.push({ path: "bucket", reason });
  }
  return problems;
}
