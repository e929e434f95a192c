import type { Zone } from "../../residency/types.ts";
import { alwaysDenied } from "./bedrock-denies.ts";
import { endpointPolicies, mantleAllows } from "./bedrock-endpoint-policies.ts";
import { type BedrockRouteSettings, type RoutePlan, sessionStart } from "./bedrock-route.ts";
import type { Grant } from "./bedrock-statements.ts";
import type { OidcSettings } from "./iam/oidc.ts";
import type { PrincipalSettings } from "./iam/principal.ts";
import { routeLabel, routeNames } from "./names.ts";
import type { BedrockNetworkArgs } from "./network-args.ts";
import { type AwsPlace, arnAt } from "./place.ts";
import { policyText } from "./policy-text.ts";
import { networkArgs } from "./route-network.ts";

/** One in-region route as its configuration describes it. */
export interface MantleRouteSettings
  extends Pick<
    BedrockRouteSettings,
    "name" | "accountId" | "organizationId" | "region" | "network" | "serviceRoles"
  > {
  /** Base model ids; the first is the laptops' default. */
  readonly models: readonly string[];
  /** Project whose resources are called, for example `default`. */
  readonly projectId: string;
  /** Not by the endpoint's own name: no source says that its certificate holds it. */
  readonly reach: { readonly kind: "resolver" | "routed" };
  readonly access: OidcSettings | PrincipalSettings;
  readonly desktop: Extract<BedrockRouteSettings["desktop"], { kind: "helper-script" }>;
  readonly logs: Pick<BedrockRouteSettings["logs"], "retentionDays" | "objectLock">;
}

/** Arguments of a route besides its own settings. */
export interface MantleAccessArgs {
  /** Required. What the route must stay inside. */
  readonly zone: Zone;
  /** Required. Name of the geography: the stack's name. */
  readonly geography: string;
  /** Required. Short name of the company, part of every physical name. */
  readonly organization: string;
  /** Required. ISO date that decides what is retired and which acceptances are valid. */
  readonly today: string;
  readonly route: MantleRouteSettings;
}

/** Pure: everything that follows from the arguments alone. */
export function planMantle({ zone, geography, organization, route }: MantleAccessArgs): RoutePlan {
  const { accountId, region, access, projectId, models, organizationId } = route;
  const place: AwsPlace = { zone, accountId, region };
  const label = routeLabel(organization, geography, route.name);
  const names = routeNames(label, place);
  const roleName = `cowork-${label}`;
  return {
    place,
    label,
    names,
    roleName,
    grant: {
      partition: zone.awsPartition,
      accountId,
      region,
      organizationId,
      profiles: [],
      bearerToken: true,
      profileLookup: false,
      mantle: { projectId, modelIds: models },
    },
    scope: {
      session: sessionStart(place, roleName, access),
      logGroupArn: arnAt(place, "logs", `log-group:${names.invocationLogGroupName}`),
      keyAlias: names.keyAlias,
    },
  };
}

/** What a laptop's session may do: one project's inference with the named models, and nothing on Bedrock. */
export function mantleIdentityPolicy(grant: Grant): string {
  return policyText([...mantleAllows(grant), ...alwaysDenied(grant.partition)]);
}

/** Two endpoints: inference, and the exchange of a token for a session. */
export function mantleNetworkArgs(
  route: MantleRouteSettings,
  plan: RoutePlan,
): Omit<BedrockNetworkArgs, "kmsKeyArn"> {
  const { sts = "", "bedrock-mantle": mantle = "" } = endpointPolicies(plan.grant, plan.scope);
  const policies = { sts, "bedrock-mantle": mantle };
  return { ...networkArgs({ ...route, fips: false }, plan, policies), runtime: false };
}
