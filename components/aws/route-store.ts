import type * as pulumi from "@pulumi/pulumi";

import type { Problem } from "../shared/input-check.ts";
import { checkLabel } from "./names.ts";
import { type AwsPlace, checkPlace } from "./place.ts";
import { checkRetention } from "./retention.ts";

/** What every store of a route's logs is told. */
export interface RouteStoreArgs {
  /** Required. Where the logs rest: AWS delivers them only inside their own account and region. */
  readonly place: AwsPlace;
  /** Required. Label of the route. */
  readonly label: string;
  /** Required. Key of the same region, which encrypts the store. */
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Required. Days an event or object is kept; one of the values CloudWatch Logs accepts. */
  readonly retentionDays: number;
}

/** Everything about these arguments that can be judged without AWS. Pure. */
export function checkRouteStore(args: Omit<RouteStoreArgs, "kmsKeyArn">): Problem[] {
  return [
    ...checkPlace(args.place),
    ...checkLabel(args.label),
    ...checkRetention("retentionDays", args.retentionDays),
  ];
}
