import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { catalogue, destinationsOf } from "../../residency/bedrock.ts";
import { regionVerdict } from "../../residency/regions.ts";
import type { Status } from "../../residency/types.ts";
import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import { checkLabel } from "./names.ts";
import { type AwsPlace, arnAt, checkPlace } from "./place.ts";

/** Where a guardrail reads what it checks. */
export type GuardrailTier =
  /** In the guardrail's own region. */
  | { readonly kind: "classic" }
  /** In the regions of a guardrail profile, for example `eu.guardrail.v1:0`. */
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
            guardrailProfileIdentifier: arnAt(
              place,
              "bedrock",
              `guardrail-profile/${tier.guardrailProfile}`,
            ),
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
    this.version = version.version;
    this.registerOutputs({ guardrailArn: this.guardrailArn, version: this.version });
  }
}

/**
 * May a guardrail profile be used from this place? No dated source lists where guardrail profiles
 * process, so a name alone never proves it: it is undecidable until compliance accepts the id. A
 * name whose inference profiles already leave the zone is outside, whatever was accepted.
 */
export function guardrailProfileVerdict(
  { zone, region }: AwsPlace,
  profile: string,
  today: string,
): { readonly status: Status; readonly reason: string } {
  const prefix = /^([a-z-]+)\.guardrail\.v\d+:\d+$/.exec(profile)?.[1];
  if (prefix === "global") {
    return { status: "outside", reason: `${profile} may be checked in any commercial region` };
  }
  const accepted = zone.acceptances.find(({ id, date }) => id === profile && date <= today);
  if (prefix === undefined) {
    const reason = `"${profile}" is not a guardrail profile id such as eu.guardrail.v1:0`;
    return { status: "undecidable", reason };
  }
  const reached = catalogue.models
    .flatMap((model) => model.profiles)
    .filter(({ profileId }) => profileId.startsWith(`${prefix}.`))
    .flatMap(({ profileId }) => destinationsOf(profileId, region) ?? []);
  const outside = reached.find((to) => regionVerdict(zone, to).status === "outside");
  if (reached.length === 0) {
    const reason = `no ${prefix}. profile is known to be callable from ${region}`;
    return { status: "undecidable", reason };
  }
  if (outside !== undefined) {
    const reason = `${prefix}. profiles called from ${region} reach ${outside}, outside zone ${zone.id}`;
    return { status: "outside", reason };
  }
  return accepted
    ? { status: "inside", reason: `accepted on ${accepted.date}: ${accepted.reason}` }
    : {
        status: "undecidable",
        reason: `no dated source says where ${profile} is processed; use tier "classic", or have compliance accept it in zone ${zone.id}`,
      };
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
    const { status, reason } = guardrailProfileVerdict(place, tier.guardrailProfile, today);
    if (status !== "inside") {
      problems.push({ path: "tier.guardrailProfile", reason: `${status}: ${reason}` });
    }
  }
  return problems;
}
