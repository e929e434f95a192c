import { destinationsOf, modelIdOf } from "../../residency/bedrock.ts";
import type { ProfileRecords, Zone } from "../../residency/types.ts";
import type { LegalOptIn } from "../shared/legal-opt-in.ts";
import type { EndpointScope, SessionStart } from "./bedrock-endpoint-policies.ts";
import { type Grant, type GrantedProfile, systemProfileArn } from "./bedrock-statements.ts";
import type { ContentFilter, GuardrailTier } from "./guardrail.ts";
import type { IdentityCenterSettings } from "./iam/identity-center.ts";
import type { OidcSettings } from "./iam/oidc.ts";
import type { PrincipalSettings } from "./iam/principal.ts";
import { defaultPath, roleArn } from "./iam/role-settings.ts";
import { trustAnchors } from "./iam/roles-anywhere.ts";
import type { RolesAnywhereSettings } from "./iam/roles-anywhere-settings.ts";
import type { AlarmTopic } from "./inference-alarm.ts";
import type { LaptopReach } from "./laptop-reach.ts";
import type { ObjectLock } from "./log-bucket.ts";
import type { UseCaseForm } from "./model-access.ts";
import { type RouteNames, routeLabel, routeNames } from "./names.ts";
import { type AwsPlace, arnAt } from "./place.ts";

/** How people's sessions come about. */
export type AccessSettings =
  | IdentityCenterSettings
  | OidcSettings
  | RolesAnywhereSettings
  | PrincipalSettings;

/** How Claude Desktop obtains its credential. */
export type DesktopSettings =
  | { readonly kind: "interactive" }
  | { readonly kind: "vendor-profile"; readonly awsProfile: string }
  | {
      readonly kind: "helper-script";
      readonly path: string;
      readonly windowsPath: string;
      readonly ttlSeconds: number;
    };

/** One route as its configuration describes it. Plain values: they decide which resources exist. */
export interface BedrockRouteSettings {
  /** Lower case, unique in the geography. */
  readonly name: string;
  readonly accountId: string;
  /** Organization whose principals may use the endpoints. Default: only the account's own. */
  readonly organizationId?: string | undefined;
  readonly region: string;
  /** Inference profile ids; the first is the laptops' default. */
  readonly models: readonly string[];
  readonly network: { readonly clientCidrs: readonly string[] } & (
    | {
        readonly kind: "create";
        readonly cidr: string;
        readonly zoneCount?: number | undefined;
        readonly availabilityZones?: readonly string[] | undefined;
      }
    | {
        readonly kind: "existing";
        readonly vpcId: string;
        readonly subnetIds: readonly string[];
        readonly resolverAddresses?: readonly string[] | undefined;
      }
  );
  readonly reach: LaptopReach;
  readonly access: AccessSettings;
  readonly desktop: DesktopSettings;
  readonly logs: {
    readonly retentionDays: number;
    /** Whether prompts and answers are written too. */
    readonly content: boolean;
    readonly objectLock?: ObjectLock | undefined;
    readonly alarmTopic?: AlarmTopic | undefined;
  };
  readonly fips: boolean;
  /** Whether clients may look a granted profile up before calling it. */
  readonly discovery: boolean;
  /** Whether profile calls that do not come through the endpoint are denied. */
  readonly onlyThroughEndpoint: boolean;
  /** Team profiles. `grant` false (default): they exist, and the policies still name `models`. */
  readonly applicationProfiles?:
    | { readonly teams: readonly string[]; readonly grant?: boolean | undefined }
    | undefined;
  readonly guardrail?:
    | {
        readonly filters: readonly ContentFilter[];
        readonly blockedMessage: string;
        readonly tier?: GuardrailTier | undefined;
      }
    | undefined;
  readonly modelAccess?:
    | { readonly legal: LegalOptIn; readonly useCase?: UseCaseForm | undefined }
    | undefined;
  readonly mantle?: { readonly projectId: string; readonly models: readonly string[] } | undefined;
  /** What the organization demands of the roles AWS services use. */
  readonly serviceRoles?:
    | { readonly path?: string | undefined; readonly permissionsBoundaryArn?: string | undefined }
    | undefined;
}

/** Arguments of a route besides its own settings. */
export interface BedrockAccessArgs {
  /** Required. What the route must stay inside. */
  readonly zone: Zone;
  /** Required. Name of the geography: the stack's name. */
  readonly geography: string;
  /** Required. Short name of the company, part of every physical name. */
  readonly organization: string;
  /** Required. ISO date that decides what is retired and which acceptances are valid. */
  readonly today: string;
  /** Application-profile ARN -> source, as compliance recorded it. Default: none, so none can be granted. */
  readonly profileSources?: ProfileRecords | undefined;
  readonly route: BedrockRouteSettings;
}

/** Everything that follows from the arguments alone, and is thus known in any preview. */
export interface RoutePlan {
  readonly place: AwsPlace;
  readonly label: string;
  readonly names: RouteNames;
  readonly roleName: string;
  /** The route's profiles as AWS defines them; application profiles take their place when asked for. */
  readonly grant: Grant;
  readonly scope: EndpointScope;
}

/** Pure. A model without a catalogue row is left out here and refused by the checks. */
export function planRoute({ zone, geography, organization, route }: BedrockAccessArgs): RoutePlan {
  const { accountId, region, access } = route;
  const place: AwsPlace = { zone, accountId, region };
  const label = routeLabel(organization, geography, route.name);
  const names = routeNames(label, place);
  const roleName = `cowork-${label}`;
  const at = { partition: zone.awsPartition, accountId, region };
  const profiles = route.models.flatMap((id): GrantedProfile[] => {
    const modelId = modelIdOf(id);
    const destinations = destinationsOf(id, region);
    if (modelId === undefined || destinations === undefined) return [];
    return [{ id, arn: systemProfileArn(at, id), modelId, destinations }];
  });
  return {
    place,
    label,
    names,
    roleName,
    grant: {
      ...at,
      organizationId: route.organizationId,
      profiles,
      bearerToken: route.desktop.kind === "helper-script",
      // Desktop resolves an application profile before it calls it.
      profileLookup: route.discovery || route.applicationProfiles?.grant === true,
      mantle: route.mantle && {
        projectId: route.mantle.projectId,
        modelIds: route.mantle.models,
      },
    },
    scope: {
      session: sessionStart(place, roleName, access),
      logGroupArn: arnAt(place, "logs", `log-group:${names.invocationLogGroupName}`),
      keyAlias: names.keyAlias,
    },
  };
}

/** How a laptop's session comes about, as far as the route's endpoints see it. */
export function sessionStart(
  place: AwsPlace,
  roleName: string,
  access: AccessSettings,
): SessionStart {
  if (access.kind === "oidc") {
    return {
      kind: "web-identity",
      roleArn: roleArn(place, roleName, access.path ?? defaultPath),
      sessionTags: Object.keys(access.sessionTags ?? {}).length > 0,
    };
  }
  if (access.kind === "principal") {
    return {
      kind: "assume-role",
      roleArn: roleArn(place, roleName, access.path ?? defaultPath),
      principalArn: access.principalArn,
    };
  }
  if (access.kind === "roles-anywhere") {
    const { subject } = access;
    return { kind: "device-certificate", trustAnchorArns: trustAnchors(place), subject };
  }
  return { kind: "elsewhere" };
}
