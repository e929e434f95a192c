import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { parseModelRef } from "../../residency/model-ref.ts";
import { carriesGrants, grantsOf } from "../documents.ts";
import { covered, invokeActions } from "../iam-actions.ts";
import { textOf } from "../placement.ts";
import type { Surroundings } from "../run.ts";
import { whenKnown } from "../unknown.ts";

const PROFILE = "aws:bedrock/inferenceProfile:InferenceProfile";

/** An application profile of the stack, and what it was really copied from. */
interface Copy {
  readonly name: string;
  readonly copyFrom: string;
}

/**
 * Compliance's record of an application profile is a claim. Where the profile itself is part of the
 * stack, its source is a fact, and the two must agree. AWS chooses the ARN, so only a look at the whole
 * stack can tell: a preview is refused, while an `up` without one fails after creation.
 */
export function recordsNameWhatWasCopied(
  surroundings: () => Pick<Surroundings, "profileSources">,
): StackValidationPolicy {
  return {
    name: "records-name-what-was-copied",
    description:
      "What the compliance file records of an application profile is what the stack copied it from.",
    enforcementLevel: "mandatory",
    severity: "critical",
    remediationSteps:
      "Look the profile up with GetInferenceProfile and correct applicationProfiles in compliance/zones.yaml.",
    validateStack({ resources }, report) {
      const copies = copiesIn(resources);
      if (copies.size === 0) return;
      const { profileSources = {} } = surroundings();
      for (const resource of resources.filter(({ type }) => carriesGrants(type))) {
        for (const { at, arn } of whenKnown(() => invocationsOf(resource)) ?? []) {
          const copy = copies.get(arn);
          const record = Object.hasOwn(profileSources, arn) ? profileSources[arn] : undefined;
          // A grant without a record, or a profile without a source, is refused by profiles-stay-in-the-zone.
          if (copy === undefined || record === undefined) continue;
          if (sameSource(copy.copyFrom, record.source)) continue;
          report(
            `${at} names "${arn}", which ${copy.name} copies from "${copy.copyFrom}", but the compliance file records "${record.source}"`,
            resource.urn,
          );
        }
      }
    },
  };
}

/** ARN -> profile of the stack. One whose ARN is not known yet does not exist, so no record is of it. */
function copiesIn(resources: readonly PolicyResource[]): ReadonlyMap<string, Copy> {
  const copies = new Map<string, Copy>();
  for (const { type, name, props } of resources) {
    if (type !== PROFILE) continue;
    const arn = whenKnown(() => textOf(props.arn));
    const copyFrom = whenKnown(() => textOf(props.modelSource?.copyFrom));
    if (arn !== undefined && copyFrom !== undefined) copies.set(arn, { name, copyFrom });
  }
  return copies;
}

/** Every resource somebody may call; a document that cannot be read is reported by invoke-grants-are-exact. */
function invocationsOf(resource: PolicyResource): readonly { at: string; arn: string }[] {
  const { type, name, urn, props } = resource;
  const { placed } = grantsOf({
    type,
    name,
    urn,
    props,
    providerProps: undefined,
    dependenciesOf: () => [],
  });
  return placed.flatMap(({ path, statement: { effect, actions, label, resources } }) =>
    effect === "Allow" && actions.some((action) => covered(action, invokeActions).length > 0)
      ? resources.map((arn) => ({ at: `\`${path}\` ${label}`, arn }))
      : [],
  );
}

/** A record may give the id where the resource gives the whole ARN. */
function sameSource(copyFrom: string, record: string): boolean {
  if (copyFrom === record) return true;
  const ref = parseModelRef(copyFrom);
  return (ref.kind === "profile" || ref.kind === "global") && ref.id === record;
}
