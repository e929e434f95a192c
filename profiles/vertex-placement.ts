import type { StackOutputs } from "../contract/outputs.ts";
import type { VertexRouteOutputs } from "../contract/vertex-route.ts";
import { countriesOf } from "../residency/countries.ts";
import { vertexHost } from "../residency/gcp/hosts.ts";
import { findVertexLocation, findVertexModel } from "../residency/gcp/vertex.ts";
import type { Problem } from "../residency/problem.ts";
import { zoneClaimProblems } from "./zone-claim.ts";

/** What a Vertex route's outputs claim, held against the catalogue and the zone. */
export function vertexPlacementProblems(
  outputs: StackOutputs,
  route: VertexRouteOutputs,
  path: string,
): Problem[] {
  const { location, host, baseUrl } = route;
  const expected = vertexHost(location);
  const jurisdiction = findVertexLocation(location)?.jurisdiction ?? undefined;
  if (expected === undefined || jurisdiction === undefined) {
    const reason = `"${location}" promises no place of processing`;
    return [{ path: `${path}.location`, reason }];
  }
  return [
    ...zoneClaimProblems(outputs),
    ...outsideZone(outputs, jurisdiction, `${path}.location`),
    ...(host === expected
      ? []
      : [{ path: `${path}.host`, reason: `"${host}", but ${location} is served by ${expected}` }]),
    ...(baseUrl === undefined || baseUrl === `https://${expected}`
      ? []
      : [
          {
            path: `${path}.baseUrl`,
            reason: `"${baseUrl}" is not the host of ${location}; write https://${expected}`,
          },
        ]),
    ...route.models.flatMap((model, index) => {
      const at = `${path}.models[${index}]`;
      const known = findVertexModel(model.id)?.locations ?? {};
      const promised = Object.hasOwn(known, location) ? known[location] : undefined;
      if (promised === undefined) {
        return [
          { path: `${at}.id`, reason: `the catalogue has no row for ${model.id} at ${location}` },
        ];
      }
      if (promised !== model.processedIn) {
        const reason = `"${model.processedIn}", but the catalogue says ${promised}`;
        return [{ path: `${at}.processedIn`, reason }];
      }
      return outsideZone(outputs, promised, `${at}.processedIn`);
    }),
  ];
}

function outsideZone({ zone }: StackOutputs, jurisdiction: string, path: string): Problem[] {
  const strange = countriesOf(jurisdiction).filter((country) => !zone.countries.includes(country));
  if (strange.length === 0) return [];
  return [{ path, reason: `${jurisdiction} holds ${strange.join(", ")}, outside the zone` }];
}
