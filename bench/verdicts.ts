import { catalogue } from "../residency/bedrock.ts";
import { regionsOf } from "../residency/regions.ts";
import { verdict } from "../residency/verdict.ts";
import { builtInZones } from "../residency/zones.ts";
import type { Bench } from "./bench.ts";
import { secondsOf } from "./measure.ts";

/** @param rounds How often the whole matrix (zone x region x model or profile) is asked. */
export function verdictsBench(rounds: number): Bench {
  return {
    name: "verdicts",
    what: "verdict matrix: every zone x region x model and profile of the catalogue",
    target: ">= 10,000 a second (wrong cells: a test's matter, 0 allowed)",
    peer: "1, 4 and 3 wrong of 5",
    async run() {
      const queries = matrix();
      const statuses: string[] = [];
      const ask = () => {
        for (const query of queries) statuses.push(verdict(query).status);
      };
      const seconds = await secondsOf(() => {
        for (let round = 0; round < rounds; round += 1) ask();
      });
      const count = (status: string) =>
        statuses.slice(0, queries.length).filter((given) => given === status).length;
      const rate = Math.round(statuses.length / seconds).toLocaleString("en");
      const cells = queries.length.toLocaleString("en");
      return [
        {
          figure: `${rate} a second`,
          note: `${cells} cells: ${count("inside")} inside, ${count("outside")} outside, ${count("undecidable")} undecidable`,
        },
      ];
    },
  };
}

function matrix() {
  const zones = Object.values(builtInZones);
  const regions = [...new Set(zones.flatMap((zone) => regionsOf(zone)))];
  const models = catalogue.models.flatMap(({ modelId, profiles }) => [
    modelId,
    ...profiles.map(({ profileId }) => profileId),
  ]);
  return zones.flatMap((zone) =>
    regions.flatMap((region) =>
      models.map((model) => ({
        zone,
        provider: "bedrock" as const,
        region,
        model,
        today: "2026-11-21",
      })),
    ),
  );
}
