import * as pulumi from "@pulumi/pulumi";

import { type Problem, renderProblems } from "../../residency/problem.ts";

export type { Problem };

/**
 * Reports every bad argument at once, on the resource. The stack is hidden because the mistake is
 * in the configuration, not in the code a stack would point at.
 */
export function rejectBadInputs(
  resource: pulumi.Resource,
  name: string,
  problems: readonly Problem[],
): void {
  if (problems.length === 0) return;
  const message = renderProblems(`${name}: invalid arguments`, problems);
  throw new pulumi.ResourceError(message, resource, true);
}
