import type { StackOutputs } from "../contract/outputs.ts";
import { anthropicVerdict } from "../residency/anthropic-verdict.ts";
import type { Problem } from "../residency/problem.ts";
import { builtInZones } from "../residency/zones.ts";

/** A route to Anthropic needs a zone that accepts one in so many words; no built-in zone does. */
export function anthropicPlacementProblems({ zone }: StackOutputs, path: string): Problem[] {
  const accepts = Object.hasOwn(builtInZones, zone.id) ? undefined : zone.accepts;
  const { status, reason } = anthropicVerdict({
    provider: "anthropic",
    zone: { ...zone, accepts, awsPartition: "aws", acceptances: [] },
  });
  return status === "inside" ? [] : [{ path: `${path}.provider`, reason }];
}
