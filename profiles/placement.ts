import type { RouteOutputs, StackOutputs } from "../contract/outputs.ts";
import type { Problem } from "../residency/problem.ts";
import { anthropicPlacementProblems } from "./anthropic-placement.ts";
import { bedrockPlacementProblems } from "./bedrock-placement.ts";
import { foundryPlacementProblems } from "./foundry-placement.ts";
import { gatewayPlacementProblems } from "./gateway-placement.ts";
import { helperFileProblems } from "./helper-file.ts";
import { mantlePlacementProblems } from "./mantle-placement.ts";
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
  return [...providerProblems(outputs, route, path), ...helperFileProblems(outputs, route, path)];
}

function providerProblems(outputs: StackOutputs, route: RouteOutputs, path: string): Problem[] {
  switch (route.provider) {
    case "bedrock":
      return bedrockPlacementProblems(outputs, route, path);
    case "mantle":
      return mantlePlacementProblems(outputs, route, path);
    case "vertex":
      return vertexPlacementProblems(outputs, route, path);
    case "foundry":
      return foundryPlacementProblems(outputs, route, path);
    case "gateway":
      return gatewayPlacementProblems(outputs, route, path);
    case "anthropic":
      return anthropicPlacementProblems(outputs, path);
  }
}
