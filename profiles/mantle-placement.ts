import type { MantleRouteOutputs } from "../contract/mantle-route.ts";
import type { StackOutputs } from "../contract/outputs.ts";
import { mantleRegions } from "../residency/bedrock.ts";
import type { Problem } from "../residency/problem.ts";
import { countryOf, partitionOf } from "../residency/regions.ts";
import { builtInZones } from "../residency/zones.ts";

/** What an in-region route's outputs claim, held against the catalogue and the zone. */
export function mantlePlacementProblems(
  { zone }: StackOutputs,
  route: MantleRouteOutputs,
  path: string,
): Problem[] {
  const { region, partition, baseUrl, models } = route;
  const country = countryOf(region);
  const expected = `https://bedrock-mantle.${region}.api.aws/anthropic`;
  const builtIn = Object.hasOwn(builtInZones, zone.id) ? builtInZones[zone.id] : undefined;
  const actual = builtIn?.awsPartition ?? partitionOf(region);
  const problems: Problem[] = [];
  if (country === undefined) {
    const reason = `no dated source says which country ${region} is in`;
    problems.push({ path: `${path}.region`, reason });
  } else if (!zone.countries.includes(country)) {
    const reason = `${region} is in ${country}, outside the zone`;
    problems.push({ path: `${path}.region`, reason });
  }
  if (actual !== partition || partitionOf(region) !== partition) {
    const reason = `"${partition}", but ${region} or zone ${zone.id} is of another partition`;
    problems.push({ path: `${path}.partition`, reason });
  }
  if (baseUrl !== expected) {
    problems.push({ path: `${path}.baseUrl`, reason: `"${baseUrl}"; write ${expected}` });
  }
  return [
    ...problems,
    ...models.flatMap(({ id }, index) =>
      mantleRegions(id).includes(region)
        ? []
        : [
            {
              path: `${path}.models[${index}].id`,
              reason: `the catalogue has no row for ${id} in ${region} itself`,
            },
          ],
    ),
  ];
}
