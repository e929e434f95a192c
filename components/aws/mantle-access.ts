import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { modelName } from "../../residency/bedrock.ts";
import { verdict } from "../../residency/verdict.ts";
import { rejectBadInputs } from "../shared/input-check.ts";
import { BedrockNetwork } from "./bedrock-network.ts";
import { hostName } from "./interface-endpoints.ts";
import { LogBucket } from "./log-bucket.ts";
import { checkMantleAccess } from "./mantle-access-checks.ts";
import {
  type MantleAccessArgs,
  mantleIdentityPolicy,
  mantleNetworkArgs,
  planMantle,
} from "./mantle-route.ts";
import { ResidencyKey } from "./residency-key.ts";
import { roleRules } from "./route-network.ts";
import { routeSignIn } from "./route-sign-in.ts";
import { Trail } from "./trail.ts";

/** What AWS does not say anywhere; looked up 2026-11-21. */
const unconfirmed =
  "whether the bedrock-mantle endpoint honours its policy is not confirmed by AWS";

/**
 * One route to Claude on `bedrock-mantle`: one account, one region that a request never leaves.
 *
 * Creates: an AWS provider bound to region and account, a key, the log bucket, a single-region trail, the
 * network with endpoints for inference and token exchange, and one kind of sign-in. No invocation log:
 * Bedrock's does not cover mantle, and the outputs say so.
 *
 * @throws pulumi.ResourceError, before anything is created, naming every rejected setting.
 * @see https://claude.com/docs/third-party/claude-desktop/mantle (2026-08)
 */
export class MantleAccess extends pulumi.ComponentResource {
  /** The route as `contract/outputs.ts` describes it. Identifiers only, no secret. */
  readonly route: pulumi.Output<unknown>;

  constructor(name: string, args: MantleAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:MantleAccess", name, {}, opts);
    rejectBadInputs(this, name, checkMantleAccess(args));
    const { route, zone, today } = args;
    const plan = planMantle(args);
    const { place, label, grant } = plan;

    const provider = new aws.Provider(
      `${name}-aws`,
      { region: route.region, allowedAccountIds: [route.accountId] },
      { parent: this },
    );
    const inside = { parent: this, providers: [provider] };

    const key = new ResidencyKey(`${name}-key`, { place, label, alarmTopic: false }, inside);
    const { retentionDays, objectLock } = route.logs;
    const stored = { place, label, kmsKeyArn: key.keyArn, retentionDays };
    const bucket = new LogBucket(`${name}-logs`, { ...stored, objectLock }, inside);
    const rules = { roleRules: roleRules(route) };
    const trail = new Trail(`${name}-trail`, { ...stored, ...rules, bucket }, inside);
    const network = new BedrockNetwork(
      `${name}-network`,
      { ...mantleNetworkArgs(route, plan), kmsKeyArn: key.keyArn },
      inside,
    );
    const policy = mantleIdentityPolicy(grant);
    const { access } = route;
    const signIn = routeSignIn(
      `${name}-access`,
      { access, place, today, roleName: plan.roleName, policy, boundaryPolicy: policy },
      inside,
    );
    const caveats = route.models.flatMap(
      (model) =>
        verdict({ zone, provider: "mantle", region: route.region, model, today }).caveats ?? [],
    );

    this.route = pulumi.output({
      name: route.name,
      provider: "mantle",
      partition: zone.awsPartition,
      accountId: route.accountId,
      region: route.region,
      projectId: route.projectId,
      baseUrl: `https://${hostName("bedrock-mantle", route.region, false)}/anthropic`,
      reach:
        route.reach.kind === "resolver"
          ? { kind: "resolver", addresses: [...network.resolverAddresses] }
          : { kind: route.reach.kind },
      models: route.models.map((id) => ({ id, label: modelName(id) })),
      signIn,
      desktop: route.desktop,
      logs: {
        bucketName: bucket.bucketName,
        trailArn: trail.trailArn,
        kmsKeyArn: key.keyArn,
        retentionDays,
        invocations: "not logged",
      },
      caveats: [...new Set([...caveats, unconfirmed])],
    });
    this.registerOutputs({ route: this.route });
  }
}
