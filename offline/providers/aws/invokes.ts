import { catalogue, destinationsOf, modelIdOf } from "../../../residency/bedrock.ts";
import type { CheckedAnswer } from "../provider-model.ts";
import type { Properties, Value } from "../struct.ts";
import { availabilityZones } from "./availability-zones.ts";
import { modelAgreementOffers } from "./model-offers.ts";
import { partitionNameOf, type Settings } from "./settings.ts";

type Answer = (args: Properties, settings: Settings) => CheckedAnswer;

/** What the stand-in answers for data sources. A token not here is refused, never answered empty. */
export const invokes: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ["aws:index/getCallerIdentity:getCallerIdentity", callerIdentity],
  ["aws:index/getPartition:getPartition", partition],
  ["aws:index/getRegion:getRegion", region],
  ["aws:index/getAvailabilityZones:getAvailabilityZones", zones],
  ["aws:bedrock/getInferenceProfile:getInferenceProfile", inferenceProfile],
  ["aws:bedrock/getInferenceProfiles:getInferenceProfiles", inferenceProfiles],
  ["aws:bedrockfoundation/getModelAgreementOffers:getModelAgreementOffers", offers],
]);

function callerIdentity(_: Properties, { accountId, region: own }: Settings): CheckedAnswer {
  return {
    answer: {
      accountId,
      arn: `arn:${partitionNameOf(own)}:iam::${accountId}:user/offline`,
      id: accountId,
      userId: "AIDAOFFLINEOFFLINE000",
    },
  };
}

function partition(_: Properties, { region: own }: Settings): CheckedAnswer {
  const name = partitionNameOf(own);
  const dnsSuffix = name === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return {
    answer: {
      dnsSuffix,
      id: name,
      partition: name,
      reverseDnsPrefix: dnsSuffix.split(".").reverse().join("."),
    },
  };
}

function region(args: Properties, settings: Settings): CheckedAnswer {
  return inRegion(args, settings, (own) => ({
    answer: {
      description: own,
      endpoint: `ec2.${own}.amazonaws.com`,
      id: own,
      name: own,
      region: own,
    },
  }));
}

function zones(args: Properties, settings: Settings): CheckedAnswer {
  if (Array.isArray(args.filters) && args.filters.length > 0)
    return refused("filters", "the offline aws stand-in does not model filters; leave them out");
  const excludedNames = textsIn(args.excludeNames);
  const excludedIds = textsIn(args.excludeZoneIds);
  return inRegion(args, settings, (own) => {
    const kept = availabilityZones(own).filter(
      ({ name, id }) => !excludedNames.includes(name) && !excludedIds.includes(id),
    );
    return {
      answer: {
        ...args,
        groupNames: [`${own}-zg-1`],
        id: own,
        names: kept.map(({ name }) => name),
        region: own,
        zoneIds: kept.map(({ id }) => id),
      },
    };
  });
}

function inferenceProfile(args: Properties, settings: Settings): CheckedAnswer {
  return inRegion(args, settings, (own) => {
    const id = String(args.inferenceProfileId).replace(/^arn:.*:inference-profile\//, "");
    const summary = profileIn(id, own, settings);
    return summary === undefined
      ? refused(
          "inferenceProfileId",
          `the catalogue knows no inference profile "${id}" with listed destinations in ${own}`,
        )
      : { answer: { ...summary, region: own } };
  });
}

function inferenceProfiles(args: Properties, settings: Settings): CheckedAnswer {
  return inRegion(args, settings, (own) => {
    const ids = catalogue.models.flatMap(({ profiles }) =>
      profiles.map(({ profileId }) => profileId),
    );
    const summaries = ids.flatMap((id) => profileIn(id, own, settings) ?? []);
    // Application profiles are made by programs; none exists before a run.
    const inferenceProfileSummaries = args.type === "APPLICATION" ? [] : summaries;
    return { answer: { ...args, inferenceProfileSummaries, region: own } };
  });
}

function offers(args: Properties, settings: Settings): CheckedAnswer {
  return inRegion(args, settings, (own) => modelAgreementOffers(args, own));
}

function profileIn(id: string, own: string, { accountId }: Settings): Properties | undefined {
  const destinations = destinationsOf(id, own);
  const modelId = modelIdOf(id);
  if (destinations === undefined || modelId === undefined) return undefined;
  const arn = `arn:${partitionNameOf(own)}:bedrock`;
  return {
    createdAt: "2026-01-01T00:00:00Z",
    description: `Routes requests to ${modelId}`,
    inferenceProfileArn: `${arn}:${own}:${accountId}:inference-profile/${id}`,
    inferenceProfileId: id,
    inferenceProfileName: id,
    models: destinations.map((to) => ({ modelArn: `${arn}:${to}::foundation-model/${modelId}` })),
    status: "ACTIVE",
    type: "SYSTEM_DEFINED",
    updatedAt: "2026-01-01T00:00:00Z",
  };
}

function inRegion(
  args: Properties,
  settings: Settings,
  answer: (region: string) => CheckedAnswer,
): CheckedAnswer {
  const own = args.region ?? settings.region;
  return typeof own === "string"
    ? answer(own)
    : refused("region", "neither the call nor its provider names a region; set `region` on either");
}

function refused(property: string, reason: string): CheckedAnswer {
  return { failures: [{ property, reason }] };
}

function textsIn(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}
