import type { RouteOutputs, StackOutputs } from "../contract/outputs.ts";
import type { Problem } from "../residency/problem.ts";
import { bedrockPlacementProblems } from "./bedrock-placement.ts";
import { vertexPlacementProblems } from "./vertex-placement.ts";

/**
 * The last look before a laptop is told where to send prompts. The cloud side judged the route already;
 * outputs may be old, edited or foreign, so what they claim is held against the catalogue once more.
 */
export function placementProblems(
  outputs: StackOutputs,
  route: RouteOutputs,
  path: string,
): Problem[] {
  return route.provider === "bedrock"
    ? bedrockPlacementProblems(outputs, route, path)
    : vertexPlacementProblems(outputs, route, path);
}
