import type { Problem } from "../../residency/problem.ts";
import { verdict } from "../../residency/verdict.ts";
import type { FoundryResourceArgs } from "./foundry-route.ts";

/**
 * Everything wrong with a route, asked before anything is created. Pure; the verdict of every deployment is
 * among it, and anything but `inside` is a problem. Paths are those of the route in the stack file.
 */
export function checkFoundryResource({ zone, route, today }: FoundryResourceArgs): Problem[] {
  return route.models.flatMap(({ model, version, sku }, position) => {
    const asked = { zone, provider: "foundry", region: route.region, today } as const;
    const { status, reason, alternative } = verdict({ ...asked, model, version, sku });
    const instead = alternative === undefined ? "" : `; use ${alternative}`;
    return status === "inside"
      ? []
      : [{ path: `models.${position}`, reason: `${status}: ${reason}${instead}` }];
  });
}
