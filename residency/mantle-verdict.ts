import { catalogue, findModel, isRetired, type Model } from "./bedrock.ts";
import { regionsSource, regionVerdict } from "./regions.ts";
import type { Source, Status, Verdict, Zone } from "./types.ts";

/** One question about a route through `bedrock-mantle`, which never leaves its region. */
export interface MantleQuery {
  readonly zone: Zone;
  readonly provider: "mantle";
  readonly region: string;
  /** Base model id, for example `anthropic.claude-opus-5-5`. */
  readonly model: string;
  /** ISO date that decides what is retired and which acceptances are valid. */
  readonly today: string;
}

/** What an inside at mantle still does not promise. */
const loggingGap =
  "invocation logging does not cover bedrock-mantle: CloudTrail says who called, nothing else does";

/**
 * May this model be used through `bedrock-mantle` in this region?
 * Total: any text gets an answer, and what cannot be proven is `undecidable`.
 */
export function mantleVerdict(query: MantleQuery): Verdict {
  const { zone, region, model: id, today } = query;
  const home = regionVerdict(zone, region);
  if (home.status !== "inside") {
    const reason = `the request is sent to ${region}: ${home.reason}`;
    return answer(home.status, reason, regionsSource);
  }
  const model = findModel(id);
  if (model === undefined) {
    const reason = `${id} is no base model id of the catalogue of ${catalogue.newestEvidence}; mantle knows no profiles`;
    return answer("undecidable", reason, catalogue.inRegionSource);
  }
  if (isRetired(model, today)) {
    const reason = `${model.name} (${id}) is retired since ${model.endOfLife ?? "an unknown day"}`;
    return answer("outside", reason, catalogue.lifecycleSource);
  }
  if (!model.inRegion.includes(region)) {
    const served = model.inRegion.join(", ") || "no region";
    const reason = `bedrock-mantle is not known to serve ${id} in ${region}, only in ${served}`;
    return answer("undecidable", reason, catalogue.inRegionSource);
  }
  return judgeEvidence(query, model);
}

function judgeEvidence({ zone, region, model: id, today }: MantleQuery, model: Model): Verdict {
  const inside = `${id} is processed in ${region} only`;
  if (model.inRegionConfidence === "high" || model.inRegionConfidence === "medium") {
    return answer("inside", inside, catalogue.inRegionSource, region);
  }
  const accepted = zone.acceptances.find(
    (a) => a.id === id && a.date >= catalogue.newestEvidence && a.date <= today,
  );
  if (accepted === undefined) {
    const reason = `that bedrock-mantle serves ${id} in ${region} rests on weak evidence; accept ${id} in the zone file with a date from ${catalogue.newestEvidence} to today`;
    return answer("undecidable", reason, catalogue.inRegionSource, region);
  }
  const reason = `${inside}; weak evidence accepted by compliance on ${accepted.date}`;
  return answer("inside", reason, catalogue.inRegionSource, region);
}

function answer(status: Status, reason: string, source: Source, region?: string): Verdict {
  return {
    status,
    places: region === undefined ? [] : [{ region, country: catalogue.regionCountries[region] }],
    reason,
    source,
    anthropicSees: "none",
    ...(status === "inside" ? { caveats: [loggingGap] } : {}),
  };
}
