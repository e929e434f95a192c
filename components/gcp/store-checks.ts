import type { Problem } from "../../residency/problem.ts";
import { checkLegalOptIn } from "../shared/legal-opt-in.ts";
import { checkLogRetention } from "./audit-logs.ts";
import { checkDatasetId } from "./content-dataset.ts";
import { checkOrganizationPolicies } from "./organization-policies.ts";
import { checkKeys } from "./route-keys-check.ts";
import type { VertexProjectArgs } from "./vertex-route.ts";

/**
 * Problems of a route's keys, logs, dataset, enablement and organization policies, under the names of the stack
 * file. The data region, the label and the models are judged once for the whole route, elsewhere. Pure.
 */
export function checkStores({ route, today }: VertexProjectArgs): Problem[] {
  const { keys, logs, dataRegion, organizationPolicies, organizationId, modelAccess } = route;
  return [
    ...checkKeys({ keys, dataRegion, dataset: logs.content !== undefined }),
    ...checkLogRetention("logs.retentionDays", logs.retentionDays),
    ...(logs.content === undefined
      ? []
      : checkDatasetId("logs.content.datasetId", logs.content.datasetId)),
    ...(organizationPolicies === undefined
      ? []
      : checkOrganizationPolicies({ settings: organizationPolicies, organizationId })),
    ...(modelAccess === undefined
      ? []
      : checkLegalOptIn("modelAccess.legal", modelAccess.legal, today)),
  ];
}
