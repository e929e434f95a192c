/** What a place check concludes. `undecidable` means "not proven" and counts as a refusal. */
export type Status = "inside" | "outside" | "undecidable";

/**
 * What Anthropic can see of a conversation on a route: the second question, never mixed with where
 * it is processed.
 */
export type AnthropicSees = "none" | "flagged content only" | "content";

/** Where inference may be processed. */
export interface Place {
  /** The provider's name of the place, for example `eu-central-1` or Google's `eu`; `any commercial region` for a global profile. */
  readonly region: string;
  /** ISO 3166-1 alpha-2 code, `EU` for the member states together, or `undefined` when no dated source says which country it is. */
  readonly country: string | undefined;
}

/** Where a fact was read, and when. */
export interface Source {
  readonly url: string;
  /** ISO date of the newest evidence behind the fact; `YYYY-MM` where the page shows no day. */
  readonly date: string;
}

/** The answer to "may this be used in this zone?", with all a reviewer needs to check it. */
export interface Verdict {
  readonly status: Status;
  /** Every place that may process the request; empty when it is not known. */
  readonly places: readonly Place[];
  /** One sentence that names the deciding value. */
  readonly reason: string;
  readonly source: Source;
  readonly anthropicSees: AnthropicSees;
  /** What an `inside` still does not promise, one sentence each. */
  readonly caveats?: readonly string[];
  /** The nearest choice that would be inside, when there is one. */
  readonly alternative?: string;
}

/** A catalogue row that compliance accepts although its evidence is weak. */
export interface Acceptance {
  /** Model or profile id, exactly as the catalogue spells it. */
  readonly id: string;
  /** ISO date on which compliance accepted it. */
  readonly date: string;
  /** Why it was accepted, for the auditor. */
  readonly reason: string;
}

/** What an application inference profile was copied from, as compliance recorded it. */
export interface ProfileRecord {
  /** Profile id or ARN it was copied from. */
  readonly source: string;
  /** ISO date of the look-up. */
  readonly date: string;
}

/** Application-inference-profile ARN -> its record. */
export type ProfileRecords = Readonly<Record<string, ProfileRecord>>;

/** The jurisdictions a geography accepts. Owned by compliance. */
export interface Zone {
  readonly id: string;
  readonly label: string;
  /** ISO 3166-1 alpha-2 codes. */
  readonly countries: readonly string[];
  /** AWS partition that serves the zone. `aws-us-gov` is not "the US": commercial profiles are outside it. */
  readonly awsPartition: AwsPartition;
  /** Weak catalogue rows accepted by name and date. */
  readonly acceptances: readonly Acceptance[];
  /** What compliance accepts although it has no bounded place. Default: nothing. */
  readonly accepts?: readonly Unbounded[] | undefined;
}

/**
 * Processing without a bounded place: in any Azure region, hosted on Azure; or by Anthropic itself, which is
 * outside the guarantee.
 */
export type Unbounded = "azure-anywhere" | "anthropic-direct";

export type AwsPartition = "aws" | "aws-us-gov";
