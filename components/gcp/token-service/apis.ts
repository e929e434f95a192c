import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import type { ServicePlan } from "./plan.ts";

/** Beyond what every Vertex route switches on. */
export function apisFor({ store }: Pick<ServicePlan, "store">): readonly string[] {
  const names = [
    ...["certificatemanager", "compute", "dns", "networksecurity", "networkservices", "run"],
    ...["secretmanager"],
    ...(store.kind === "create"
      ? ["memorystore", "networkconnectivity", "serviceconsumermanagement"]
      : []),
  ];
  return names.sort().map((api) => `${api}.googleapis.com`);
}

/** One switch an API. None is switched off again: other things of the project may use it by then. */
export function switchedOn(
  name: string,
  plan: ServicePlan,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  return apisFor(plan).map(
    (service) =>
      new gcp.projects.Service(
        `${name}-${service.replace(".googleapis.com", "")}`,
        { project: plan.projectId, service, disableOnDestroy: false },
        opts,
      ),
  );
}
