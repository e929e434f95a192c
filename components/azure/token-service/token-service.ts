import { Provider } from "@pulumi/azure-native/provider.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../../shared/input-check.ts";
import { type ListenSettings, listenSettings } from "../../shared/listen-settings.ts";
import { servesText } from "../../shared/serves-text.ts";
import type { CreatedTokenService } from "../../shared/token-service.ts";
import { deployerRole } from "../deployer-role.ts";
import { serviceApp } from "./app.ts";
import type { AzureTokenServiceArgs } from "./args.ts";
import { checkTokenService } from "./checks.ts";
import { serviceDeployerActions } from "./deployer-permissions.ts";
import { serviceEnvironment } from "./environment.ts";
import { callerTrust, grantOn, identityFor } from "./identities.ts";
import { registryHost, vaultSecret } from "./ids.ts";
import { watch } from "./logs.ts";
import { placedNetwork } from "./network.ts";
import { createdForService, planService, sampleConfig } from "./plan.ts";
import { remainingSteps } from "./remaining-steps.ts";
import { placedStore } from "./store-parts.ts";
import { privateVault } from "./vault-parts.ts";

export type { AzureTokenServiceArgs } from "./args.ts";

/**
 * The token service of one geography in one Azure region: two replicas or more on Container Apps, in an environment
 * without a public address, with a shared store that signs in by Entra.
 *
 * Creates: providers bound to subscription and tenant, a resource group, a network unless subnets are given, up to
 * three identities without secrets and their few rights, a vault with the keys it needs, a store unless one is given,
 * private endpoints, the environment with the host's certificate, the app, and diagnostic settings to the route's
 * workspace; on request the caller application's federated credential, and a role for the identity CI deploys with.
 *
 * Depends on the route it shares the workspace of: give the route's component in `dependsOn`.
 *
 * @throws pulumi.ResourceError naming every bad argument; see {@link checkTokenService}.
 */
export class TokenService extends pulumi.ComponentResource implements CreatedTokenService {
  readonly target: pulumi.Output<string>;
  readonly logs: pulumi.Output<string>;
  /** Object id of the identity the service acts as: what other clouds and applications trust. */
  readonly identityObjectId: pulumi.Output<string>;
  readonly remainingSteps: readonly string[];

  constructor(name: string, args: AzureTokenServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:TokenService", name, {}, opts);
    rejectBadInputs(this, name, checkTokenService(args));
    const plan = planService(args);
    const { names, region } = plan;
    const workspaceId = args.workspace.id;
    // Without a location: each resource says its own, and none is filled in behind its back.
    const provider = new Provider(
      `${name}-azure`,
      { subscriptionId: args.subscriptionId, tenantId: args.tenantId, environment: "public" },
      { parent: this },
    );
    const inside = { parent: this, provider };
    const group = new ResourceGroup(
      `${name}-group`,
      { resourceGroupName: names.resourceGroup, location: region, tags: { cowork: plan.label } },
      inside,
    );
    const resourceGroupName = group.name;

    const network = placedNetwork(`${name}-network`, plan, { ...args, resourceGroupName }, inside);
    const service = identityFor(name, plan, { part: "service", resourceGroupName }, inside);
    const edge = identityFor(name, plan, { part: "edge", resourceGroupName }, inside);
    const mayPull = grantOn(
      `${name}-pull`,
      plan,
      { identity: service, role: "acrPull", scope: args.registryId, purpose: "image" },
      inside,
    );
    const mayReadCertificate = grantOn(
      `${name}-certificate`,
      plan,
      {
        identity: edge,
        role: "keyVaultSecretsUser",
        scope: args.certificateId,
        purpose: "certificate",
      },
      inside,
    );
    const shared = { resourceGroupName, network, service, workspaceId };
    const vault = privateVault(`${name}-vault`, plan, shared, inside);
    const store = placedStore(`${name}-store`, plan, { ...shared, vault }, inside);
    if (args.callerApplicationObjectId !== undefined) {
      const trust = { applicationObjectId: args.callerApplicationObjectId, identity: service };
      callerTrust(`${name}-caller`, plan, trust, { parent: this });
    }
    if (args.deployerPrincipalId !== undefined) {
      deployerRole(
        `${name}-deployer`,
        {
          ...plan,
          description:
            "Runs the kit's token service again. Cannot change identities, roles or keys, list secrets, or act as the service.",
          actions: serviceDeployerActions(plan, args.network.kind),
          principalId: args.deployerPrincipalId,
          after: group,
        },
        inside,
      );
    }

    const placed = serviceEnvironment(
      `${name}-environment`,
      plan,
      {
        resourceGroupName,
        network,
        zoneRedundant: args.zoneRedundant ?? true,
        certificate: {
          secretUrl: vaultSecret(args.certificateId)?.url ?? "",
          identity: edge,
          grant: mayReadCertificate,
        },
      },
      inside,
    );
    const logged = watch(
      `${name}-logs`,
      {
        workspaceId,
        resourceUri: placed.environmentId,
        categories: ["ContainerAppConsoleLogs", "ContainerAppSystemLogs"],
        after: placed.environment,
      },
      inside,
    );
    // The checks have judged the same text.
    const sample = sampleConfig(args, plan);
    const letsDevicesIn = args.deviceAuthorities !== undefined;
    serviceApp(
      `${name}-app`,
      plan,
      {
        ...args,
        resourceGroupName,
        placed,
        identity: service,
        registry: registryHost(args.registryId) ?? "",
        letsDevicesIn,
        listen: listenOf(sample),
        serves: servesText(sample),
        config: pulumi
          .all([store.url, vault?.signingKeyUri])
          .apply(([url, keyId]) =>
            args.serviceConfig(createdForService(url, keyId, letsDevicesIn)),
          ),
        store,
      },
      // The log before the first line, and every right before the first use of it.
      { ...inside, dependsOn: [logged, mayPull, ...store.ready, ...(vault?.ready ?? [])] },
    );

    this.target = placed.environment.staticIp;
    this.logs = pulumi.output(workspaceId);
    this.identityObjectId = service.principalId;
    this.remainingSteps = remainingSteps(args, plan);
    this.registerOutputs({
      target: this.target,
      logs: this.logs,
      identityObjectId: this.identityObjectId,
    });
  }
}

function listenOf(config: string): ListenSettings {
  const listen = listenSettings(config);
  if (listen === undefined) throw new Error("the service's configuration is not JSON");
  return listen;
}
