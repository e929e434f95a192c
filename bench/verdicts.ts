import { catalogue } from "../residency/bedrock.ts";
import { gcpCatalogue } from "../residency/gcp/vertex.ts";
import { regionsOf } from "../residency/regions.ts";
import type { Zone } from "../residency/types.ts";
import { type VerdictQuery, verdict } from "../residency/verdict.ts";
import { builtInZones } from "../residency/zones.ts";
import type { Bench } from "./bench.ts";
import { secondsOf } from "./measure.ts";

/** @param rounds How often the whole matrix (zone x region x model or profile) is asked. */
export function verdictsBench(rounds: number): Bench {
  return {
    name: "verdicts",
    what: "verdict matrix: every zone x place x model and profile of the catalogues",
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

const today = "2026-11-21";

function matrix(): readonly VerdictQuery[] {
  return Object.values(builtInZones).flatMap((zone) => [
    ...bedrockCells(zone),
    ...vertexCells(zone),
  ]);
}

function bedrockCells(zone: Zone): readonly VerdictQuery[] {
  const regions = [...new Set(Object.values(builtInZones).flatMap((other) => regionsOf(other)))];
  const models = catalogue.models.flatMap(({ modelId, profiles }) => [
    modelId,
    ...profiles.map(({ profileId }) => profileId),
  ]);
  return regions.flatMap((region) =>
    models.map((model) => ({ zone, provider: "bedrock" as const, region, model, today })),
  );
}

function vertexCells(zone: Zone): readonly VerdictQuery[] {
  return Object.keys(gcpCatalogue.locations).flatMap((region) =>
    gcpCatalogue.models.map(({ modelId: model }) => ({
      zone,
      provider: "vertex" as const,
      region,
      model,
      today,
    })),
  );
}
