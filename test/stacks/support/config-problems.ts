import { parseConfig } from "../../../stacks/config.ts";
import { shippedConfig } from "../shipped.ts";

export const [frankfurt] = shippedConfig("eu").routes;

/** Problems of the eu stack after a change to its values or to its one route. */
export function problems(change: object, routeChange: object = {}) {
  const parsed = parseConfig({
    ...shippedConfig("eu"),
    routes: [{ ...frankfurt, ...routeChange }],
    ...change,
  });
  return "problems" in parsed ? parsed.problems : [];
}
