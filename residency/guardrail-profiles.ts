import { arnParts } from "./arn.ts";
import { catalogue } from "./bedrock.ts";
import type { AwsCatalogue } from "./catalogue/schema.ts";
import { countryOf, regionsSource, regionVerdict } from "./regions.ts";
import type { Place, Source, Status, Zone } from "./types.ts";

/** One question about one guardrail of the Standard tier. */
export interface GuardrailQuery {
  readonly zone: Zone;
  /** Region the guardrail rests in: where its profile may check text depends on it. */
  readonly region: string;
  /** Guardrail profile id, for example `eu.guardrail.v1:0`, or its ARN. */
  readonly profile: string;
  /** ISO date that decides which acceptances are valid. */
  readonly today: string;
}

/** Where prompts and answers may be checked, and whether that is inside the zone. */
export interface GuardrailVerdict {
  readonly status: Status;
  /** Every place that may check text; empty when it is not known. */
  readonly places: readonly Place[];
  /** One sentence that names the deciding value. */
  readonly reason: string;
  readonly source: Source;
}

type Sources = AwsCatalogue["guardrailProfiles"][number]["sources"];
type Row = Sources[string];

const { guardrailsSource: pageSource } = catalogue;

/**
 * May a guardrail of this region use this profile in this zone? Decided by the (profile, region) pair,
 * never by the prefix. Total: any text gets an answer, and what cannot be proven is `undecidable`.
 */
export function guardrailVerdict(query: GuardrailQuery): GuardrailVerdict {
  const { zone, region, profile } = query;
  if (countryOf(region) === undefined) {
    return answer("undecidable", regionVerdict(zone, region).reason, regionsSource);
  }
  const home = regionVerdict(zone, region);
  if (home.status !== "inside") {
    const reason = `the guardrail rests in ${region}: ${home.reason}`;
    return answer(home.status, reason, regionsSource, [region]);
  }
  if (!profile.startsWith("arn:")) return judge(query, profile);

  const arn = arnParts(profile);
  const id = arn && /^guardrail-profile\/(.+)$/s.exec(arn.resource)?.[1];
  if (arn?.service !== "bedrock" || id === undefined) {
    return answer("undecidable", `"${profile}" is not the ARN of a guardrail profile`, pageSource);
  }
  if (arn.partition !== zone.awsPartition) {
    const reason = `the profile ARN is of partition ${arn.partition}; zone ${zone.id} is served by ${zone.awsPartition}`;
    return answer("outside", reason, regionsSource);
  }
  if (arn.region !== region) {
    const reason = `the profile ARN is of region "${arn.region}", but the guardrail rests in ${region}`;
    return answer("undecidable", reason, regionsSource);
  }
  return judge(query, id);
}

function judge(query: GuardrailQuery, id: string): GuardrailVerdict {
  const { zone, region } = query;
  if (id.startsWith("global.")) {
    return answer("outside", `${id} may check text in any commercial region`, pageSource);
  }
  const sources = sourcesOf(id);
  if (sources === undefined) {
    const ids = catalogue.guardrailProfiles.map(({ profileId }) => profileId).join(", ");
    const reason = `"${id}" is not a guardrail profile the catalogue lists; it lists ${ids}`;
    return answer("undecidable", reason, pageSource);
  }
  const row = sources[region];
  if (row === undefined) {
    const reason = `${id} is not known to be usable from ${region}`;
    const leaves = Object.values(sources).every(({ destinations }) =>
      destinations.some((place) => regionVerdict(zone, place).status === "outside"),
    );
    return leaves
      ? answer(
          "outside",
          `${reason}, and wherever it is used it leaves zone ${zone.id}`,
          pageSource,
        )
      : answer("undecidable", reason, pageSource);
  }
  return judgeRow(query, id, row);
}

function judgeRow(query: GuardrailQuery, id: string, row: Row): GuardrailVerdict {
  const { zone, region, today } = query;
  const { destinations } = row;
  const bad = destinations
    .map((place) => regionVerdict(zone, place))
    .filter(({ status }) => status !== "inside");
  const source = catalogue.evidence[row.evidence] ?? pageSource;
  const subject = `${id} from ${region}`;
  if (bad.length > 0) {
    const status = bad.some((one) => one.status === "outside") ? "outside" : "undecidable";
    const reasons = bad.map(({ reason }) => reason).join("; ");
    const reason = `${subject} may check text outside zone ${zone.id}: ${reasons}`;
    return answer(status, reason, source, destinations);
  }
  const inside = `${subject} checks text in ${destinations.join(", ")} only`;
  const evidence = catalogue.evidence[row.evidence];
  if (evidence?.weak === false) return answer("inside", inside, source, destinations);

  // An acceptance older than the evidence was given without having seen it.
  const accepted = zone.acceptances.find(
    (one) => one.id === id && one.date >= source.date && one.date <= today,
  );
  if (accepted !== undefined) {
    const reason = `${inside}; weak evidence (${row.evidence}) accepted by compliance on ${accepted.date}`;
    return answer("inside", reason, source, destinations);
  }
  const reason =
    `${subject} rests on weak evidence (${row.evidence}: ${evidence?.what ?? "unknown"}); ` +
    `use tier "classic", or have compliance accept it by name with a date from ${source.date} to today`;
  return answer("undecidable", reason, source, destinations);
}

function answer(
  status: Status,
  reason: string,
  { url, date }: Source,
  regions: readonly string[] = [],
): GuardrailVerdict {
  const places = regions.map((region) => ({ region, country: countryOf(region) }));
  return { status, places, reason, source: { url, date } };
}

/** Regions where a guardrail of `region` may check text; `undefined` when the catalogue has no such row. */
export function guardrailDestinations(id: string, region: string): readonly string[] | undefined {
  return sourcesOf(id)?.[region]?.destinations;
}

function sourcesOf(id: string): Sources | undefined {
  return catalogue.guardrailProfiles.find(({ profileId }) => profileId === id)?.sources;
}
