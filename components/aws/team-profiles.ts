import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { recordOn } from "../../residency/profile-sources.ts";
import type { ProfileRecords } from "../../residency/types.ts";
import { verdict } from "../../residency/verdict.ts";
import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import { checkLabel } from "./names.ts";
import { type AwsPlace, arnAt, checkPlace } from "./place.ts";

/** Arguments of {@link TeamProfiles}. */
export interface TeamProfilesArgs {
  /** Required. Where requests are sent. */
  readonly place: AwsPlace;
  /** Required. Label of the route. */
  readonly label: string;
  /** Required. Team names; they become the `team` tag costs are split by. */
  readonly teams: readonly string[];
  /** Required. Profile ids each team gets a copy of. */
  readonly profileIds: readonly string[];
  /** Required. ISO date the verdict is taken on. */
  readonly today: string;
}

/** One team's own way to a model. */
export interface TeamProfile {
  readonly team: string;
  /** Profile it was copied from: what decides where a request is processed. */
  readonly sourceProfileId: string;
  /** ARN a request names. AWS chooses it, so it is unknown before the profile exists. */
  readonly arn: pulumi.Output<string>;
}

/**
 * Application inference profiles, one for each team and model, so that costs carry a team.
 * They hide the geography behind an opaque ARN: give the source beside the ARN wherever it goes.
 *
 * @throws pulumi.ResourceError when a source profile is not proven inside the zone, or a name is bad.
 */
export class TeamProfiles extends pulumi.ComponentResource {
  readonly profiles: readonly TeamProfile[];

  constructor(name: string, args: TeamProfilesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:TeamProfiles", name, {}, opts);
    rejectBadInputs(this, name, checkTeamProfiles(args));
    const { place, label } = args;

    this.profiles = args.teams.flatMap((team) =>
      args.profileIds.map((sourceProfileId) => {
        const profile = new aws.bedrock.InferenceProfile(
          `${name}-${team}-${slug(sourceProfileId)}`,
          {
            region: place.region,
            name: profileName(label, team, sourceProfileId),
            description: `${sourceProfileId} for team ${team}`,
            modelSource: {
              copyFrom: arnAt(place, "bedrock", `inference-profile/${sourceProfileId}`),
            },
            tags: { team },
          },
          { parent: this },
        );
        return { team, sourceProfileId, arn: profile.arn };
      }),
    );
    this.registerOutputs({ profiles: [...this.profiles] });
  }
}

/** Pure, so that edges are tested without an engine. */
export function checkTeamProfiles(args: TeamProfilesArgs): Problem[] {
  const { place, label, teams, profileIds, today } = args;
  const problems = [...checkPlace(place), ...checkLabel(label)];
  for (const [path, list] of Object.entries({ teams, profileIds })) {
    if (list.length === 0) problems.push({ path, reason: "empty; name at least one" });
    if (new Set(list).size !== list.length) {
      problems.push({ path, reason: `[${list.join(", ")}] names one twice` });
    }
  }
  for (const team of teams) {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(team)) {
      const reason = `"${team}" may hold lower-case letters, digits and single hyphens between them`;
      problems.push({ path: "teams", reason });
    }
  }
  for (const profileId of profileIds) {
    const { zone, region } = place;
    const judged = verdict({ zone, provider: "bedrock", region, model: profileId, today });
    if (judged.status !== "inside") {
      problems.push({ path: "profileIds", reason: `${judged.status}: ${judged.reason}` });
    }
    for (const team of teams) {
      const { length } = profileName(label, team, profileId);
      // https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateInferenceProfile.html
      if (length > 64) {
        const reason = `"${profileName(label, team, profileId)}" has ${length} characters; a profile name takes 64: shorten the team's or the route's name`;
        problems.push({ path: "teams", reason });
      }
    }
  }
  return problems;
}

/**
 * A profile as policies and laptops name it. The pack and the compliance team see the ARN only, so their
 * record has to say what was really copied.
 *
 * @param today ISO date: a record dated later does not count.
 * @throws pulumi.RunError when the ARN is of another place, or its record is missing, does not count or
 *   names another source.
 */
export function recordedProfile(
  place: AwsPlace,
  arn: string,
  sourceProfileId: string,
  records: ProfileRecords,
  today: string,
): { id: string; arn: string; sourceProfileId: string } {
  const refuse = (why: string) =>
    new pulumi.RunError(`${arn} is copied from ${sourceProfileId}, ${why}`);
  const expected = arnAt(place, "bedrock", "application-inference-profile/");
  if (!arn.startsWith(expected)) {
    throw refuse(
      `but it is not below ${expected}: check the credentials and the region of this run`,
    );
  }
  const counted = recordOn(records, arn, today);
  if ("problem" in counted) {
    throw refuse(
      counted.problem === "absent"
        ? "and the compliance file does not record it: add it to applicationProfiles there, or set applicationProfiles.grant to false"
        : `but ${counted.reason}`,
    );
  }
  const { source } = counted.record;
  const sourceArn = arnAt(place, "bedrock", `inference-profile/${sourceProfileId}`);
  if (source === sourceProfileId || source === sourceArn) return { id: arn, arn, sourceProfileId };
  throw refuse(`but the compliance file records "${source}": correct applicationProfiles there`);
}

function profileName(label: string, team: string, profileId: string): string {
  return `${label}-${team}-${slug(profileId)}`;
}

function slug(profileId: string): string {
  return profileId.replace(/^[a-z-]+\.anthropic\./, "").replaceAll(/[^a-zA-Z0-9]+/g, "-");
}
