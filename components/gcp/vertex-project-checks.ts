import { googlePlacesOf, googlePlaceVerdict } from "../../residency/gcp/resting-places.ts";
import type { Problem } from "../../residency/problem.ts";
import { verdict } from "../../residency/verdict.ts";
import type { VertexProjectArgs } from "./vertex-route.ts";

/** Everything that is wrong with the arguments of `VertexProject`, all at once. Pure. */
export function checkVertexProject(args: VertexProjectArgs): Problem[] {
  return [...modelProblems(args), ...dataRegionProblems(args)];
}

function modelProblems({ zone, route, today }: VertexProjectArgs): Problem[] {
  return route.models.flatMap((model, position) => {
    const judged = verdict({
      zone,
      provider: "vertex",
      region: route.location,
      model,
      today,
    });
    if (judged.status === "inside") return [];
    const hint = judged.alternative === undefined ? "" : `; use ${judged.alternative}`;
    return [{ path: `models.${position}`, reason: `${judged.status}: ${judged.reason}${hint}` }];
  });
}

function dataRegionProblems({ zone, route }: VertexProjectArgs): Problem[] {
  const { status, reason } = googlePlaceVerdict(zone, route.dataRegion);
  if (status === "inside") return [];
  const choices = googlePlacesOf(zone).filter((place) => place.includes("-"));
  return [
    {
      path: "dataRegion",
      reason: `${status}: ${reason}; zone ${zone.id} has ${choices.join(", ")}`,
    },
  ];
}
