import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { modelName } from "../../residency/bedrock.ts";
import { rejectBadInputs } from "../shared/input-check.ts";
import { checkBedrockAccess, modelIds } from "./bedrock-access-checks.ts";
import { type EndpointService, endpointPolicies } from "./bedrock-endpoint-policies.ts";
import { BedrockNetwork } from "./bedrock-network.ts";
import { type BedrockAccessArgs, planRoute, type RoutePlan } from "./bedrock-route.ts";
import { type Grant, type GrantedProfile, identityPolicy } from "./bedrock-statements.ts";
import { Guardrail } from "./guardrail.ts";
import { InferenceAlarm } from "./inference-alarm.ts";
import { InvocationLogs } from "./invocation-logs.ts";
import { LogBucket } from "./log-bucket.ts";
import { ModelAccess } from "./model-access.ts";
import { ResidencyKey } from "./residency-key.ts";
import { networkArgs, roleRules } from "./route-network.ts";
import { desktopOf, type RouteSignIn, routeSignIn } from "./route-sign-in.ts";
import { recordedProfile, TeamProfiles } from "./team-profiles.ts";
import { Trail } from "./trail.ts";

export type { BedrockAccessArgs, BedrockRouteSettings } from "./bedrock-route.ts";

/**
 * One route to Claude on Bedrock: one account, one region, and all that laptops need there.
 *
 * Creates: an AWS provider bound to region and account, a key, the log bucket, invocation logging, a
 * single-region trail with its alarm, the network with its endpoints, and one kind of sign-in. On
 * request: team profiles, a guardrail, model agreements. Two routes share nothing but the zone.
 *
 * @throws pulumi.ResourceError, before anything is created, naming every rejected setting; a model whose
 *   verdict is anything but `inside` is one, with the reason and the nearest alternative.
 */
export class BedrockAccess extends pulumi.ComponentResource {
  /** The route as `contract/outputs.ts` describes it. Identifiers only, no secret. */
  readonly route: pulumi.Output<unknown>;

  constructor(name: string, args: BedrockAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:BedrockAccess", name, {}, opts);
    rejectBadInputs(this, name, checkBedrockAccess(args));
    const { route, today } = args;
    const plan = planRoute(args);
    const { place, label, names } = plan;

    const provider = new aws.Provider(
      `${name}-aws`,
      { region: route.region, allowedAccountIds: [route.accountId] },
      { parent: this },
    );
    const inside = { parent: this, providers: [provider] };

    const key = new ResidencyKey(
      `${name}-key`,
      { place, label, alarmTopic: route.logs.alarmTopic?.kind === "create" },
      inside,
    );
    const stored = { place, label, kmsKeyArn: key.keyArn, retentionDays: route.logs.retentionDays };
    const bucket = new LogBucket(
      `${name}-logs`,
      { ...stored, objectLock: route.logs.objectLock },
      inside,
    );
    const rules = { roleRules: roleRules(route) };
    new InvocationLogs(
      `${name}-invocations`,
      { ...stored, ...rules, bucket, content: route.logs.content },
      inside,
    );
    const trail = new Trail(`${name}-trail`, { ...stored, ...rules, bucket }, inside);
    new InferenceAlarm(
      `${name}-alarm`,
      {
        place,
        label,
        trail,
        kmsKeyArn: key.keyArn,
        destinations: [...new Set(plan.grant.profiles.flatMap((p) => p.destinations))],
        topic: route.logs.alarmTopic,
      },
      inside,
    );
    if (route.modelAccess) {
      new ModelAccess(
        `${name}-model-access`,
        { place, today, modelIds: modelIds(plan.grant), ...route.modelAccess },
        inside,
      );
    }
    const teams =
      route.applicationProfiles &&
      new TeamProfiles(
        `${name}-teams`,
        { place, label, today, teams: route.applicationProfiles.teams, profileIds: route.models },
        inside,
      );
    const granted = this.#grant(name, args, plan, teams, inside);
    const network = new BedrockNetwork(
      `${name}-network`,
      { ...networkArgs(route, plan, policiesOf(granted, plan)), kmsKeyArn: key.keyArn },
      inside,
    );
    const endpointId = network.endpointIds["bedrock-runtime"];
    const signIn = routeSignIn(
      `${name}-access`,
      {
        access: route.access,
        place,
        today,
        roleName: plan.roleName,
        policy:
          route.onlyThroughEndpoint && endpointId !== undefined
            ? pulumi
                .all([granted, endpointId])
                .apply(([grant, id]) => identityPolicy({ ...grant, onlyThroughEndpointId: id }))
            : mapped(granted, identityPolicy),
        boundaryPolicy: mapped(granted, identityPolicy),
      },
      inside,
    );

    this.route = pulumi.output({
      name: route.name,
      provider: "bedrock",
      partition: place.zone.awsPartition,
      accountId: route.accountId,
      region: route.region,
      ...(network.baseUrl === undefined ? {} : { baseUrl: network.baseUrl }),
      reach:
        route.reach.kind === "resolver"
          ? { kind: "resolver", addresses: [...network.resolverAddresses] }
          : { kind: route.reach.kind },
      ...(teams === undefined
        ? {}
        : { applicationProfiles: teams.profiles.map((profile) => ({ ...profile })) }),
      models: mapped(granted, (grant) => grant.profiles.map(modelOutput)),
      signIn: exchangedAt(signIn, network.certificateExchangeUrl),
      desktop: desktopOf(route, plan),
      logs: {
        logGroupName: names.invocationLogGroupName,
        bucketName: bucket.bucketName,
        trailArn: trail.trailArn,
        kmsKeyArn: key.keyArn,
        content: route.logs.content,
        retentionDays: route.logs.retentionDays,
      },
    });
    this.registerOutputs({ route: this.route });
  }

  /** Plain unless team profiles are granted or a guardrail is asked for: AWS chooses their ARNs. */
  #grant(
    name: string,
    { route, today, profileSources = {} }: BedrockAccessArgs,
    { grant, place, label }: RoutePlan,
    created: TeamProfiles | undefined,
    inside: pulumi.ComponentResourceOptions,
  ): Grant | pulumi.Output<Grant> {
    const guardrail =
      route.guardrail &&
      new Guardrail(`${name}-guardrail`, { place, label, today, ...route.guardrail }, inside);
    const teams = route.applicationProfiles?.grant ? created : undefined;
    if (guardrail === undefined && teams === undefined) return grant;
    return pulumi
      .all([guardrail?.appliedArns, teams?.profiles.map((profile) => profile.arn)])
      .apply(
        ([guardrailArns, arns]): Grant => ({
          ...grant,
          guardrailArns,
          profiles:
            teams === undefined || arns === undefined
              ? grant.profiles
              : teams.profiles.flatMap(({ sourceProfileId, team }, i) =>
                  grant.profiles
                    .filter(({ id }) => id === sourceProfileId)
                    .map((p) => ({
                      ...p,
                      ...recordedProfile(
                        place,
                        arns[i] ?? "",
                        sourceProfileId,
                        profileSources,
                        today,
                      ),
                      team,
                    })),
                ),
        }),
      );
  }
}

/** A device certificate is exchanged at the route's own endpoint where that has a name of its own. */
function exchangedAt(
  signIn: pulumi.Output<RouteSignIn>,
  url: pulumi.Output<string> | undefined,
): pulumi.Output<RouteSignIn & { readonly endpointUrl?: string }> {
  if (url === undefined) return signIn;
  return pulumi.all([signIn, url]).apply(([known, endpointUrl]) => ({ ...known, endpointUrl }));
}

function modelOutput(profile: GrantedProfile) {
  const { id, modelId, destinations, team, sourceProfileId } = profile;
  const label = team === undefined ? modelName(modelId) : `${modelName(modelId)} (${team})`;
  return {
    id,
    modelId,
    ...(sourceProfileId === undefined ? {} : { sourceProfileId }),
    label,
    destinations: [...destinations],
  };
}

function policiesOf(
  granted: Grant | pulumi.Output<Grant>,
  plan: RoutePlan,
): Partial<Record<EndpointService, pulumi.Input<string>>> {
  const plain = endpointPolicies(plan.grant, plan.scope);
  if (!pulumi.Output.isInstance(granted)) return plain;
  const services = Object.keys(plain) as EndpointService[];
  return Object.fromEntries(
    services.map((service) => [
      service,
      granted.apply((grant) => endpointPolicies(grant, plan.scope)[service] ?? ""),
    ]),
  );
}

/** Keeps what is plain plain: documents stay readable in a preview. */
function mapped<T>(
  granted: Grant | pulumi.Output<Grant>,
  use: (grant: Grant) => T,
): T | pulumi.Output<T> {
  // Output.apply unwraps nested outputs; `use` returns plain values, so the types agree.
  return pulumi.Output.isInstance(granted)
    ? (granted.apply(use) as pulumi.Output<T>)
    : use(granted);
}
