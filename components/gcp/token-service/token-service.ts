import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../../shared/input-check.ts";
import { servesText } from "../../shared/serves-text.ts";
import type { CreatedTokenService } from "../../shared/token-service.ts";
import { switchedOn } from "./apis.ts";
import type { GoogleTokenServiceArgs } from "./args.ts";
import { checkTokenService } from "./checks.ts";
import { authorityMount, configMount, policyMount, readerOf } from "./files.ts";
import { googleApis } from "./google-apis.ts";
import { serviceIdentity } from "./identity.ts";
import { keyGrants, signingKey } from "./keys.ts";
import { serviceLoadBalancer } from "./load-balancer.ts";
import { logFilter, serviceLogs } from "./logs.ts";
import { type PlacedNetwork, placedNetwork } from "./network.ts";
import {
  createdForService,
  planService,
  type ServicePlan,
  type SplitConfig,
  sampleConfig,
  splitConfig,
  storeAuthorityFile,
} from "./plan.ts";
import { remainingSteps } from "./remaining-steps.ts";
import { runService } from "./service.ts";
import { createdStore, type StoreForService } from "./store.ts";

export type { GoogleTokenServiceArgs } from "./args.ts";

/**
 * The token service of one geography in one Google region: two instances or more on Cloud Run behind an internal load
 * balancer, in the network of a Vertex route, with a shared store that writes to disk before it answers.
 *
 * Creates: the APIs it needs, subnetworks, an address, egress rules and the way to Google's APIs; grants on the route's
 * key and, where a gateway route needs one, a key that signs; the service's account and its few rights; a store
 * unless one is given; a log bucket with its sink; configuration and trust policy as files; the service; the load
 * balancer.
 *
 * Depends on the route it shares: give the route's component in `dependsOn`, so that key, network and the APIs every
 * route has exist.
 *
 * @throws pulumi.ResourceError naming every bad argument; see {@link checkTokenService}.
 */
export class TokenService extends pulumi.ComponentResource implements CreatedTokenService {
  readonly target: pulumi.Output<string>;
  readonly logs: pulumi.Output<string>;
  /** Account the service acts as; plain, so that what trusts it is known in a preview. */
  readonly serviceAccountEmail: string;
  readonly remainingSteps: readonly string[];

  constructor(name: string, args: GoogleTokenServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:TokenService", name, {}, opts);
    rejectBadInputs(this, name, checkTokenService(args));
    const plan = planService(args);
    const { key, retentionDays, egressCidrs, deviceAuthorities } = args;
    const apis = switchedOn(name, plan, { parent: this });
    const inside = { parent: this, dependsOn: [...apis] };

    const grants = keyGrants(`${name}-key`, plan, key, inside);
    const sealed = { parent: this, dependsOn: [...apis, ...grants] };
    const network = placedNetwork(name, plan, { network: args.network, egressCidrs }, inside);
    const toGoogle =
      args.network.googleApisExist === true ? [] : googleApis(name, plan, network.network, inside);
    const signing = plan.signs ? signingKey(`${name}-signing`, plan, inside) : undefined;
    const identity = serviceIdentity(name, plan, signing, inside);
    const logs = serviceLogs(`${name}-logs`, plan, { key, retentionDays }, logFilter(plan), sealed);
    const store = storeFor(`${name}-store`, args, plan, {
      network,
      after: [...sealed.dependsOn, ...network.ready],
      parent: this,
    });
    const readers = { parent: this, dependsOn: [...sealed.dependsOn, identity.account] };
    // Known before anything exists: no policy speaks of the store.
    const { config: sample, trustPolicy, port } = splitOrThrow(sampleConfig(args, plan));
    const config = pulumi.output(store.url).apply((url) => configOf(args, plan, url));
    const files = [
      configMount(`${name}-config`, plan, { text: config, key }, readers),
      ...(trustPolicy === undefined
        ? []
        : [policyMount(`${name}-policy`, plan, { text: trustPolicy, key }, readers)]),
      ...(store.authority === undefined
        ? []
        : [authorityMount(`${name}-store-ca`, plan, { text: store.authority, key }, readers)]),
    ];
    const password = passwordReader(`${name}-store-password`, plan, readers);

    const service = runService(
      name,
      plan,
      {
        ...args,
        port,
        serves: servesText(sample),
        files,
        storeAuthority: store.authority === undefined ? undefined : storeAuthorityFile,
        store,
        network,
        binaryAuthorization: args.binaryAuthorization,
        deletionProtection: args.deletionProtection ?? true,
      },
      {
        parent: this,
        dependsOn: [
          ...sealed.dependsOn,
          ...network.ready,
          ...toGoogle,
          identity.account,
          ...identity.grants,
          // Before the first line: it would otherwise rest in `_Default`, which may lie in `global`.
          logs,
          ...store.ready,
          ...files.flatMap(({ ready }) => ready),
          ...password,
        ],
      },
    );
    serviceLoadBalancer(
      name,
      plan,
      {
        network,
        certificate: args.certificate,
        clientCidrs: args.clientCidrs,
        deviceAuthorities,
        service,
      },
      inside,
    );

    this.target = pulumi.output(network.address);
    this.logs = pulumi.output(plan.names.logBucketName);
    this.serviceAccountEmail = plan.names.email;
    this.remainingSteps = remainingSteps(args, plan, network.address);
    this.registerOutputs({
      target: this.target,
      logs: this.logs,
      serviceAccountEmail: this.serviceAccountEmail,
    });
  }
}

function configOf(args: GoogleTokenServiceArgs, plan: ServicePlan, storeUrl: string): string {
  const created = createdForService(plan, storeUrl, args.deviceAuthorities !== undefined);
  return splitOrThrow(args.serviceConfig(created)).config;
}

/** The checks have judged the same text with a stand-in for the store. */
function splitOrThrow(text: string): SplitConfig {
  const split = splitConfig(text);
  if (split === undefined) throw new Error("the service's configuration is not JSON");
  return split;
}

function storeFor(
  name: string,
  args: GoogleTokenServiceArgs,
  plan: ServicePlan,
  made: {
    readonly network: PlacedNetwork;
    readonly after: readonly pulumi.Resource[];
    readonly parent: pulumi.Resource;
  },
): StoreForService {
  const { store } = plan;
  if (store.kind === "existing") {
    const { url, passwordSecret, userName } = store;
    const environment = userName === undefined ? {} : { COWORK_STORE_USER: userName };
    return { url, environment, passwordSecret, authority: undefined, ready: [] };
  }
  return createdStore(
    name,
    plan,
    {
      network: made.network.network,
      key: args.key,
      nodeType: store.nodeType ?? "STANDARD_SMALL",
      deletionProtection: args.deletionProtection ?? true,
      connectionPolicyExists: store.connectionPolicyExists ?? false,
      after: made.after,
    },
    { parent: made.parent },
  );
}

function passwordReader(
  name: string,
  { store, names }: ServicePlan,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  if (store.kind === "create") return [];
  const [, project = "", , secretId = ""] = store.passwordSecret.split("/");
  return [readerOf(name, { project, secretId, member: names.member }, opts)];
}
