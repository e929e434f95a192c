import type { AwsPartition } from "../../residency/types.ts";
import { alwaysDenied, mantleDenied } from "./bedrock-denies.ts";
import { policyText, type Statement } from "./policy-text.ts";

/** One inference profile that may be called, and everything a call through it may touch. */
export interface GrantedProfile {
  /** Exactly what a request names: the profile id, or the ARN of an application profile. */
  readonly id: string;
  /** ARN of that profile in the route's account and region. */
  readonly arn: string;
  /** Base model id behind it, for example `anthropic.claude-opus-5-5`. */
  readonly modelId: string;
  /** Every region a request through this profile, sent from the route's region, may be processed in. */
  readonly destinations: readonly string[];
  /** Team an application profile was made for; absent on a profile AWS defines. */
  readonly team?: string;
  /** What an application profile was copied from; absent on a profile AWS defines. */
  readonly sourceProfileId?: string;
}

/** In-region inference on `bedrock-mantle`, which is another IAM service with another log situation. */
export interface MantleGrant {
  /** Project whose resources are called, for example `default`. */
  readonly projectId: string;
  /** Base model ids; each must be served in the route's region itself. */
  readonly modelIds: readonly string[];
}

/** What one route may do: the single model from which role, boundary and endpoint policies are written. */
export interface Grant {
  readonly partition: AwsPartition;
  /** Account the profiles are called in, 12 digits. */
  readonly accountId: string;
  /** Region requests are sent to. */
  readonly region: string;
  /** Organization whose principals may use the endpoints; without it only `accountId` may. */
  readonly organizationId?: string | undefined;
  readonly profiles: readonly GrantedProfile[];
  /** Whether a laptop sends a short-term bearer token instead of signing each request. */
  readonly bearerToken: boolean;
  /** Whether a client looks a granted profile up before calling it. It never lists profiles. */
  readonly profileLookup: boolean;
  /** The guardrail and, in its Standard tier, its profile in every region that may check text. */
  readonly guardrailArns?: readonly string[] | undefined;
  /** Endpoint every profile call must come through; see {@link invokeStatements}. */
  readonly onlyThroughEndpointId?: string | undefined;
  readonly mantle?: MantleGrant | undefined;
}

/** Converse, ConverseStream and the Messages API are authorised by these two as well. */
export const invokeActions = [
  "bedrock:InvokeModel",
  "bedrock:InvokeModelWithResponseStream",
] as const;

/** ARN of a profile that AWS defines, as seen from one account and region. */
export function systemProfileArn(
  place: Pick<Grant, "partition" | "region" | "accountId">,
  profileId: string,
): string {
  return `arn:${place.partition}:bedrock:${place.region}:${place.accountId}:inference-profile/${profileId}`;
}

export function modelArns(partition: AwsPartition, profile: GrantedProfile): string[] {
  return profile.destinations.map(
    (region) => `arn:${partition}:bedrock:${region}::foundation-model/${profile.modelId}`,
  );
}

/** Project ARN on which `bedrock-mantle` authorises a call (IAM's published action table, 2026-08-22). */
function mantleProjectArn(grant: Grant, mantle: MantleGrant): string {
  return `arn:${grant.partition}:bedrock-mantle:${grant.region}:${grant.accountId}:project/${mantle.projectId}`;
}

/**
 * Allows exactly the granted profiles, and their models only as destinations of those profiles.
 *
 * A destination that is forgotten here fails now and then, when AWS happens to route there; a wildcard
 * would allow calls the zone never judged. Hence one statement a profile, with its exact destinations.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html
 */
export function invokeStatements(grant: Grant): Statement[] {
  const profiles: Statement = {
    Sid: "Profile",
    Effect: "Allow",
    Action: invokeActions,
    Resource: grant.profiles.map((profile) => profile.arn),
  };
  const models = grant.profiles.map(
    (profile, position): Statement => ({
      Sid: `ModelsOnlyThroughProfile${position + 1}`,
      Effect: "Allow",
      Action: invokeActions,
      Resource: modelArns(grant.partition, profile),
      Condition: { StringEquals: { "bedrock:InferenceProfileArn": profile.arn } },
    }),
  );
  return [profiles, ...models, ...endpointOnlyDenies(grant)];
}

/** The identity policy of a route: what a laptop's session may do, and what it must never do. */
export function identityStatements(grant: Grant): Statement[] {
  return [
    ...invokeStatements(grant),
    ...lookupStatements(grant),
    ...guardrailStatements(grant),
    ...bearerStatements(grant),
    ...mantleStatements(grant),
    ...alwaysDenied(grant.partition),
    ...(grant.mantle === undefined ? mantleDenied() : []),
  ];
}

/** {@link identityStatements} as text. */
export function identityPolicy(grant: Grant): string {
  return policyText(identityStatements(grant));
}

/** Look-up of the granted profiles. Listing is left out: a list would offer `global.` ids. */
export function lookupStatements(grant: Grant): Statement[] {
  if (!grant.profileLookup) return [];
  return [
    {
      Sid: "LookUpProfile",
      Effect: "Allow",
      Action: "bedrock:GetInferenceProfile",
      Resource: grant.profiles.map((profile) => profile.arn),
    },
  ];
}

export function guardrailStatements(grant: Grant): Statement[] {
  if (grant.guardrailArns === undefined) return [];
  return [
    {
      Sid: "ApplyGuardrail",
      Effect: "Allow",
      Action: "bedrock:ApplyGuardrail",
      Resource: grant.guardrailArns,
    },
  ];
}

/**
 * Short-term tokens only. The action has no resource type, so the condition is what limits it; such a
 * token carries no more rights than the session that signed it, and works in one region.
 */
export function bearerStatements(grant: Grant): Statement[] {
  if (!grant.bearerToken) return [];
  const shortTerm = (service: "bedrock" | "bedrock-mantle", sid: string): Statement => ({
    Sid: sid,
    Effect: "Allow",
    Action: `${service}:CallWithBearerToken`,
    Resource: "*",
    Condition: { StringEquals: { [`${service}:BearerTokenType`]: "SHORT_TERM" } },
  });
  return [
    shortTerm("bedrock", "ShortTermToken"),
    ...(grant.mantle === undefined ? [] : [shortTerm("bedrock-mantle", "ShortTermTokenMantle")]),
  ];
}

export function mantleStatements(grant: Grant): Statement[] {
  if (grant.mantle === undefined) return [];
  return [
    {
      Sid: "InRegion",
      Effect: "Allow",
      Action: "bedrock-mantle:CreateInference",
      Resource: mantleProjectArn(grant, grant.mantle),
      Condition: { StringEquals: { "bedrock-mantle:Model": grant.mantle.modelIds } },
    },
  ];
}

/**
 * Refuses profile calls that did not come through the endpoint. Only the profile ARNs are named:
 * whether AWS evaluates `aws:SourceVpce` again for the destination model is documented nowhere, and a
 * deny on the model ARNs could block every call. Denying the profile is enough, as models are allowed
 * only through it.
 */
function endpointOnlyDenies(grant: Grant): Statement[] {
  if (grant.onlyThroughEndpointId === undefined) return [];
  return [
    {
      Sid: "OnlyThroughEndpoint",
      Effect: "Deny",
      Action: invokeActions,
      Resource: grant.profiles.map((profile) => profile.arn),
      Condition: { StringNotEquals: { "aws:SourceVpce": grant.onlyThroughEndpointId } },
    },
  ];
}
