import { arnParts } from "./arn.ts";
import {
  catalogue,
  findModel,
  findProfile,
  isRetired,
  type Model,
  type Profile,
  type Row,
  rowOf,
} from "./bedrock.ts";
import { profilesInside } from "./choices.ts";
import { type ModelRef, parseModelRef } from "./model-ref.ts";
import { recordOn } from "./profile-sources.ts";
import { countryOf, partitionOf, regionsOf, regionsSource, regionVerdict } from "./regions.ts";
import type { Acceptance, Place, ProfileRecords, Source, Verdict, Zone } from "./types.ts";

/** One question about one Bedrock route. */
export interface BedrockQuery {
  readonly zone: Zone;
  readonly provider: "bedrock";
  /** Region the request is sent to: the answer depends on it as much as on the model. */
  readonly region: string;
  /** Profile id, base model id, or ARN. */
  readonly model: string;
  /** ISO date that decides what is retired and which acceptances are valid. */
  readonly today: string;
  /** What each application profile was copied from, as compliance recorded it. */
  readonly profileSources?: ProfileRecords;
}

/**
 * May this model, called from this region, be used in this zone?
 * Total: any text gets an answer, and what cannot be proven is `undecidable`.
 */
export function bedrockVerdict(query: BedrockQuery): Verdict {
  if (countryOf(query.region) === undefined) {
    const { reason } = regionVerdict(query.zone, query.region);
    return answer("undecidable", reason, regionsSource);
  }
  const home = regionVerdict(query.zone, query.region);
  if (home.status !== "inside") {
    return withAlternative(
      query,
      answer("outside", `the request is sent to ${query.region}: ${home.reason}`, regionsSource, [
        query.region,
      ]),
    );
  }
  return withAlternative(query, judge(query, parseModelRef(query.model)));
}

function judge(query: BedrockQuery, ref: ModelRef): Verdict {
  switch (ref.kind) {
    case "global":
      return {
        ...answer(
          "outside",
          `${ref.id} may be processed in any commercial region`,
          catalogue.globalSource,
        ),
        places: [{ region: "any commercial region", country: undefined }],
      };
    case "region-less-model":
      return answer(
        "outside",
        `the ARN of ${ref.id} names no region: it is the global form, processed in any commercial region`,
        catalogue.globalSource,
      );
    case "application-profile": {
      const counted = recordOn(query.profileSources, ref.arn, query.today);
      if ("problem" in counted) {
        return answer("undecidable", counted.reason, catalogue.globalSource);
      }
      const source = parseModelRef(counted.record.source);
      if (source.kind === "application-profile") {
        return answer(
          "undecidable",
          `${ref.arn} is recorded as copied from another application profile, which says nothing either`,
          catalogue.globalSource,
        );
      }
      return strayArn(query, arnParts(ref.arn)) ?? judge(query, source);
    }
    case "model-in-region":
      return judgeModelInRegion(query, ref.id, ref.arn.partition, ref.arn.region);
    case "model":
      return judgeBareModel(query, ref.id);
    case "profile":
      return judgeProfile(query, ref);
    case "pattern":
      return answer(
        "undecidable",
        `"${ref.text}" is a pattern, not one model`,
        catalogue.globalSource,
      );
    case "unknown":
      return answer(
        "undecidable",
        `"${ref.text}" is no Bedrock model id, profile id or ARN the catalogue can read`,
        catalogue.globalSource,
      );
  }
}

function judgeProfile(query: BedrockQuery, ref: Extract<ModelRef, { kind: "profile" }>): Verdict {
  const { zone, region } = query;
  const stray = ref.arn && strayArn(query, ref.arn);
  if (stray) return stray;
  const found = findProfile(ref.id);
  if (found === undefined)
    return answer("undecidable", unlisted(ref.id), catalogue.lifecycleSource);
  if (isRetired(found.model, query.today)) return retired(found.model);
  const row = rowOf(ref.id, region);
  if (row === undefined) return judgeUnknownSource(query, ref.id, found.profile);
  const places = judgePlaces(zone, `${ref.id} from ${region}`, row.destinations, sourceOf(row));
  return places.status === "inside" ? evidenceOf(query, ref.id, row, places) : places;
}

/** A profile's ARN is of the region requests are sent to, and of the zone's partition. */
function strayArn(
  { zone, region }: BedrockQuery,
  arn: { readonly region: string; readonly partition: string } | undefined,
): Verdict | undefined {
  if (arn?.region !== region) {
    return answer(
      "undecidable",
      `the profile ARN is of region "${arn?.region}", but requests are sent to ${region}`,
      regionsSource,
    );
  }
  if (arn.partition === zone.awsPartition) return undefined;
  return answer(
    "outside",
    `the profile ARN is of partition ${arn.partition}; zone ${zone.id} is served by ${zone.awsPartition}`,
    regionsSource,
  );
}

/** No row for this source: outside when every known source leads outside, else simply not known. */
function judgeUnknownSource(query: BedrockQuery, id: string, profile: Profile): Verdict {
  const { zone, region } = query;
  const leaves = Object.values(profile.sources).every(({ destinations }) =>
    destinations.some((place) => regionVerdict(zone, place).status === "outside"),
  );
  const reason = `${id} is not known to be callable from ${region}`;
  return leaves
    ? answer(
        "outside",
        `${reason}, and wherever it is called from it leaves zone ${zone.id}`,
        catalogue.lifecycleSource,
      )
    : answer("undecidable", reason, catalogue.lifecycleSource);
}

/** Weak rows stay undecidable until compliance accepts them by name, on or after the catalogue's date. */
function evidenceOf(query: BedrockQuery, id: string, row: Row, inside: Verdict): Verdict {
  const evidence = catalogue.evidence[row.evidence];
  const weak = evidence?.weak !== false || findProfile(id)?.profile.confidence === "low";
  if (!weak) return inside;
  const accepted = query.zone.acceptances.find((a) => a.id === id && isValid(a, query.today));
  if (accepted) {
    return {
      ...inside,
      reason: `${inside.reason}; weak evidence (${row.evidence}) accepted by compliance on ${accepted.date}`,
    };
  }
  return {
    ...inside,
    status: "undecidable",
    reason:
      `${id} from ${query.region} rests on weak evidence (${row.evidence}: ${evidence?.what ?? "unknown"}); ` +
      `accept it in the zone file by name with a date from ${catalogue.newestEvidence} to today, or wait for the provider's own listing`,
  };
}

/** An acceptance older than the newest evidence was given without having seen it. */
function isValid(acceptance: Acceptance, today: string): boolean {
  return acceptance.date >= catalogue.newestEvidence && acceptance.date <= today;
}

function judgeModelInRegion(
  query: BedrockQuery,
  id: string,
  partition: string,
  region: string,
): Verdict {
  const model = findModel(id);
  if (model === undefined) return answer("undecidable", unlisted(id), catalogue.lifecycleSource);
  if (isRetired(model, query.today)) return retired(model);
  if (partition !== partitionOf(region)) {
    return answer(
      "undecidable",
      `partition "${partition}" does not hold the region "${region}"`,
      regionsSource,
    );
  }
  return judgePlaces(query.zone, `${id} in ${region}`, [region], regionsSource);
}

function judgeBareModel(query: BedrockQuery, id: string): Verdict {
  const model = findModel(id);
  if (model === undefined) return answer("undecidable", unlisted(id), catalogue.lifecycleSource);
  if (isRetired(model, query.today)) return retired(model);
  return answer(
    "undecidable",
    `${id} is a bare model id: Bedrock serves it through profiles only, and clients pick one silently`,
    catalogue.lifecycleSource,
  );
}

function judgePlaces(
  zone: Zone,
  subject: string,
  regions: readonly string[],
  source: Source,
): Verdict {
  const judged = regions.map((region) => ({ region, ...regionVerdict(zone, region) }));
  const bad = judged.filter(({ status }) => status !== "inside");
  if (bad.length === 0) {
    return answer(
      "inside",
      `${subject} is processed in ${regions.join(", ")} only`,
      source,
      regions,
    );
  }
  const status = bad.some((b) => b.status === "outside") ? "outside" : "undecidable";
  const reasons = bad.map(({ reason }) => reason).join("; ");
  return answer(
    status,
    `${subject} may be processed outside zone ${zone.id}: ${reasons}`,
    source,
    regions,
  );
}

function retired(model: Model): Verdict {
  const when = model.endOfLife === null ? "" : ` since ${model.endOfLife}`;
  return answer(
    "outside",
    `${model.name} (${model.modelId}) is retired${when}`,
    catalogue.lifecycleSource,
  );
}

function unlisted(id: string): string {
  const seen = catalogue.unpublishedIds.find(({ pattern }) =>
    pattern.endsWith("*") ? id.startsWith(pattern.slice(0, -1)) : id === pattern,
  );
  return seen
    ? `${id} is not an id AWS publishes, although it appears in ${seen.seenIn}`
    : `${id} is not in the catalogue of ${catalogue.newestEvidence}`;
}

function withAlternative(query: BedrockQuery, result: Verdict): Verdict {
  if (result.status === "inside") return result;
  const { zone, today, model } = query;
  const [here] = profilesInside(zone, query.region, today, model);
  if (here !== undefined) return { ...result, alternative: `${here} from ${query.region}` };
  for (const region of regionsOf(zone)) {
    const [there] = profilesInside(zone, region, today, model);
    if (there !== undefined) return { ...result, alternative: `${there} from ${region}` };
  }
  return result;
}

function sourceOf(row: Row): Source {
  const { url, date } = catalogue.evidence[row.evidence] ?? catalogue.lifecycleSource;
  return { url, date };
}

function answer(
  status: Verdict["status"],
  reason: string,
  source: Source,
  regions: readonly string[] = [],
): Verdict {
  const places: readonly Place[] = regions.map((region) =>
    region === "*"
      ? { region: "any commercial region", country: undefined }
      : { region, country: countryOf(region) },
  );
  // Bedrock is operated by AWS; the catalogue's page on it says Anthropic has no access.
  return { status, places, reason, source, anthropicSees: "none" };
}
