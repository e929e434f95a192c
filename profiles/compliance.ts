import { type JudgedBy, upstreamProblems } from "../contract/gateway-upstreams.ts";
import type { RouteOutputs, StackOutputs } from "../contract/outputs.ts";
import type { Problem } from "../residency/problem.ts";
import type { ProfileRecords, Zone } from "../residency/types.ts";
import { type UpstreamQuery, verdict } from "../residency/verdict.ts";

/** What compliance says about a stack, today. */
export interface ProfilesJudging {
  /** Zone the compliance file maps the stack to. */
  readonly zone: Zone;
  /** ISO date that decides what is retired and which acceptances are valid. */
  readonly today: string;
  /** Application-inference-profile ARN -> what it was copied from. */
  readonly profileSources: ProfileRecords;
}

/**
 * Every route judged again by the zone compliance owns, acceptances and dates included: outputs may be old,
 * edited or of another stack, and what was inside when it was deployed may have been retired since.
 */
export function complianceProblems(outputs: StackOutputs, judging: ProfilesJudging): Problem[] {
  const { zone } = judging;
  const claimed = [outputs.zone.id, ...outputs.zone.countries.toSorted()].join();
  const owned = [zone.id, ...zone.countries.toSorted()].join();
  if (claimed !== owned) {
    const reason = `the outputs claim zone "${outputs.zone.id}" (${outputs.zone.countries.join(", ")}); compliance maps the stack to "${zone.id}" (${zone.countries.join(", ")})`;
    return [{ path: "zone", reason }];
  }
  return outputs.routes.flatMap((route, index) =>
    routeProblems(route, judging, `routes[${index}]`),
  );
}

function routeProblems(route: RouteOutputs, judging: ProfilesJudging, path: string): Problem[] {
  const { zone, today } = judging;
  if (route.provider === "gateway") {
    const judged: JudgedBy = { zone, today };
    return upstreamProblems(route.upstreams, judged, (upstream, model) =>
      model === undefined
        ? `${path}.upstreams[${upstream}]`
        : `${path}.upstreams[${upstream}].models[${model}]`,
    );
  }
  return queriesOf(route, judging).flatMap((query, index) => {
    const { status, reason, alternative } = verdict(query);
    const instead = alternative === undefined ? "" : `; use ${alternative}`;
    return status === "inside"
      ? []
      : [{ path: `${path}.models[${index}]`, reason: `${status}: ${reason}${instead}` }];
  });
}

function queriesOf(
  route: Exclude<RouteOutputs, { readonly provider: "gateway" }>,
  { zone, today, profileSources }: ProfilesJudging,
): readonly UpstreamQuery[] {
  switch (route.provider) {
    case "bedrock":
    case "mantle": {
      const { provider, region } = route;
      return route.models.map(({ id: model }) => ({
        zone,
        provider,
        region,
        model,
        today,
        profileSources,
      }));
    }
    case "vertex":
      return route.models.map(({ id: model }) => ({
        zone,
        provider: "vertex",
        region: route.location,
        model,
        today,
      }));
    case "foundry":
      return route.models.map(({ model, version, sku }) => ({
        zone,
        provider: "foundry",
        region: route.region,
        model,
        version,
        sku,
        today,
      }));
    case "anthropic":
      return [{ zone, provider: "anthropic", today }];
  }
}
