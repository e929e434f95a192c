import type { ResourceValidationPolicy } from "@pulumi/policy";

import type { Surroundings } from "../run.ts";

/**
 * Compliance has mapped the stack to a zone, and the stack claims no other.
 * Every resource is refused, not only the first: an `up` creates several at a time.
 */
export function stackIsMappedToAZone(surroundings: () => Surroundings): ResourceValidationPolicy {
  return {
    name: "stack-is-mapped-to-a-zone",
    description: "Compliance has mapped the stack to a zone, and the stack claims no other.",
    enforcementLevel: "mandatory",
    severity: "critical",
    remediationSteps:
      "Ask compliance to map the stack in compliance/zones.yaml, and give `cowork:geography` the same zone.",
    validateResource(args, report) {
      const { zone } = surroundings();
      if ("problem" in zone) report(zone.problem, args.urn);
    },
  };
}
