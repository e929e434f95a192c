import type { AnthropicRouteOutputs } from "../contract/anthropic-route.ts";
import type { Problem } from "../residency/problem.ts";
import type { Zone } from "../residency/types.ts";
import { verdict } from "../residency/verdict.ts";
import type { AnthropicRouteConfig } from "./config-schema.ts";

/** Everything wrong with a route to Anthropic: above all that the zone did not accept one in so many words. */
export function checkAnthropicRoute(
  { models }: AnthropicRouteConfig,
  judged: { readonly zone: Zone; readonly today: string },
): Problem[] {
  const { status, reason, alternative } = verdict({ ...judged, provider: "anthropic" });
  const instead = alternative === undefined ? "" : `; use ${alternative}`;
  const ids = models.map(({ id }) => id);
  return [
    ...(status === "inside"
      ? []
      : [{ path: "provider", reason: `${status}: ${reason}${instead}` }]),
    ...ids.flatMap((id, position) =>
      ids.indexOf(id) === position
        ? []
        : [{ path: `models.${position}.id`, reason: `"${id}" is listed twice` }],
    ),
  ];
}

/** What laptops have to know; the guarantee is written out. */
export function anthropicOutputs(route: AnthropicRouteConfig): AnthropicRouteOutputs {
  return {
    ...route,
    guarantee: "none: processed by Anthropic itself",
    anthropicSees: "content",
  };
}
