import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { guardrailDestinations, guardrailVerdict } from "../../residency/guardrail-profiles.ts";
import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import { checkLabel } from "./names.ts";
import { type AwsPlace, arnAt, checkPlace } from "./place.ts";

/** Where a guardrail reads what it checks. */
export type GuardrailTier =
  /** In the guardrail's own region. */
  | { readonly kind: "classic" }
  /** In the regions of a guardrail profile, by id, for example `eu.guardrail.v1:0`; all must be in the zone. */
  | { readonly kind: "standard"; readonly guardrailProfile: string };

const filterTypes = [
  "HATE",
  "INSULTS",
  "SEXUAL",
  "VIOLENCE",
  "MISCONDUCT",
  "PROMPT_ATTACK",
] as const;
const strengths = ["NONE", "LOW", "MEDIUM", "HIGH"] as const;

export interface ContentFilter {
  readonly type: (typeof filterTypes)[number];
  /** How strictly what people send is judged. */
  readonly input: (typeof strengths)[number];
  /** How strictly what the model answers is judged; `NONE` for PROMPT_ATTACK. */
  readonly output: (typeof strengths)[number];
}

/** Arguments of {@link Guardrail}. */
export interface GuardrailArgs {
  /** Required. Where the guardrail rests. */
  readonly place: AwsPlace;
  /** Required. Label of the route. */
  readonly label: string;
  /** Required. At least one filter. */
  readonly filters: readonly ContentFilter[];
  /** Required. Text a person reads when something was stopped. */
  readonly blockedMessage: string;
  /** Required. ISO date of today: acceptances dated later do not count yet. */
  readonly today: string;
  /** Optional. Default: classic. */
  readonly tier?: GuardrailTier | undefined;
}

/**
 * A guardrail whose checks stay inside the zone. It is created, not enforced: clients that do not
 * name it are not checked, and some models do not support guardrails.
 *
 * @throws pulumi.ResourceError naming every bad argument, a Standard tier that is not proven among them.
 */
export class Guardrail extends pulumi.ComponentResource {
  readonly guardrailId: pulumi.Output<string>;
  readonly guardrailArn: pulumi.Output<string>;
  /**
   * What a policy must allow `bedrock:ApplyGuardrail` on: the guardrail and, in the Standard tier, its
   * profile in every region that may check text.
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrail-profiles-permissions.html
   */
  readonly appliedArns: pulumi.Output<readonly string[]>;
  /** Number of the published version. */
  readonly version: pulumi.Output<string>;

  constructor(name: string, args: GuardrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:Guardrail", name, {}, opts);
    rejectBadInputs(this, name, checkGuardrail(args));
    const { place, tier = { kind: "classic" } } = args;
    const { region } = place;

    const guardrail = new aws.bedrock.Guardrail(
      name,
      {
        region,
        name: `cowork-${args.label}`,
        blockedInputMessaging: args.blockedMessage,
        blockedOutputsMessaging: args.blockedMessage,
        contentPolicyConfig: {
          filtersConfigs: args.filters.map(({ type, input, output }) => ({
            type,
            inputStrength: input,
            outputStrength: output,
          })),
          tierConfigs: [{ tierName: tier.kind === "standard" ? "STANDARD" : "CLASSIC" }],
        },
        ...(tier.kind === "standard" && {
          crossRegionConfig: {
            guardrailProfileIdentifier: profileArn(place, tier.guardrailProfile),
          },
        }),
      },
      { parent: this },
    );
    const version = new aws.bedrock.GuardrailVersion(
      name,
      { region, guardrailArn: guardrail.guardrailArn, skipDestroy: true },
      { parent: this },
    );
    this.guardrailId = guardrail.guardrailId;
    this.guardrailArn = guardrail.guardrailArn;
    const profileArns = destinationArns(place, tier);
    this.appliedArns = guardrail.guardrailArn.apply((arn) => [arn, ...profileArns]);
    this.version = version.version;
    this.registerOutputs({ guardrailArn: this.guardrailArn, version: this.version });
  }
}

/** The ARN a guardrail names: the provider takes no bare id. */
function profileArn(place: AwsPlace, profile: string): string {
  return arnAt(place, "bedrock", `guardrail-profile/${profile}`);
}

/** The profile in every region it may check text in; none for the classic tier. */
function destinationArns(place: AwsPlace, tier: GuardrailTier): readonly string[] {
  if (tier.kind === "classic") return [];
  const { guardrailProfile } = tier;
  const regions = guardrailDestinations(guardrailProfile, place.region) ?? [];
  return regions.map((region) => profileArn({ ...place, region }, guardrailProfile));
}

/** Pure, so that edges are tested without an engine. */
export function checkGuardrail(args: GuardrailArgs): Problem[] {
  const { place, label, filters, blockedMessage, tier, today } = args;
  const problems = [...checkPlace(place), ...checkLabel(label)];
  if (filters.length === 0) {
    problems.push({
      path: "filters",
      reason: "empty; a guardrail without a filter checks nothing",
    });
  }
  for (const [i, { type, input, output }] of filters.entries()) {
    if (!filterTypes.includes(type)) {
      const reason = `"${type}"; use one of ${filterTypes.join(", ")}`;
      problems.push({ path: `filters[${i}].type`, reason });
    }
    if (type === "PROMPT_ATTACK" && output !== "NONE") {
      const reason = `"${output}"; attacks come only from input, so it must be NONE`;
      problems.push({ path: `filters[${i}].output`, reason });
    }
    for (const [side, strength] of Object.entries({ input, output })) {
      if (!strengths.includes(strength)) {
        const reason = `"${strength}"; use one of ${strengths.join(", ")}`;
        problems.push({ path: `filters[${i}].${side}`, reason });
      }
    }
  }
  // https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateGuardrail.html
  if (blockedMessage.length < 1 || blockedMessage.length > 500) {
    const reason = `${blockedMessage.length} characters; need 1 to 500`;
    problems.push({ path: "blockedMessage", reason });
  }
  if (tier?.kind === "standard") {
    // The ARN is judged, as it is what the guardrail gets: an ARN given where an id is wanted fails here.
    const profile = profileArn(place, tier.guardrailProfile);
    const { zone, region } = place;
    const { status, reason } = guardrailVerdict({ zone, region, profile, today });
    if (status !== "inside") {
      problems.push({ path: "tier.guardrailProfile", reason: `${status}: ${reason}` });
    }
  }
  return problems;
}
