import { Provider } from "@pulumi/azure-native/provider.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../shared/input-check.ts";
import { CallerRole } from "./caller-role.ts";
import { ClaudeDeployments } from "./claude-deployments.ts";
import { CustomerKey } from "./customer-key.ts";
import { keyCoverage } from "./customer-managed-key.ts";
import { DeployerAccess } from "./deployer.ts";
import { FoundryAccount } from "./foundry-account.ts";
import { checkFoundryResource } from "./foundry-resource-checks.ts";
import type { FoundryResourceArgs } from "./foundry-route.ts";
import { foundrySignIn, modelOutputs } from "./foundry-sign-in.ts";
import { ModelPolicy } from "./model-policy.ts";
import { foundryNames } from "./names.ts";
import { PrivateAccess } from "./private-access.ts";
import { RouteLogs } from "./route-logs.ts";

export type { FoundryResourceArgs, FoundryRouteSettings } from "./foundry-route.ts";

/**
 * One route to Claude in Microsoft Foundry: one resource group of one subscription, and all that laptops need.
 *
 * Creates: Azure and Entra providers bound to subscription and tenant, the resource group, a key in a vault of its
 * own, the account, its logs, its private endpoint with all three zones, the caller role for one group, the
 * desktop's application unless one is given, and the Claude deployments. On request: CI's federation and Azure
 * Policy. Two routes share nothing but the zone.
 *
 * Anthropic operates the models and may see what automatic safeguards flag. The customer-managed key protects
 * what the account stores, never the inference: see `keyCoverage`.
 *
 * @throws pulumi.ResourceError, before anything is created, naming every rejected setting; a deployment whose
 *   verdict is anything but `inside` is one, with the reason and the nearest alternative.
 */
export class FoundryResource extends pulumi.ComponentResource {
  /** The route as `contract/foundry-route.ts` describes it. Identifiers only. */
  readonly route: pulumi.Output<unknown>;
  /** Object id of the identity CI deploys with; absent where only people do. */
  readonly deployerPrincipalId: pulumi.Output<string> | undefined;

  constructor(name: string, args: FoundryResourceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:FoundryResource", name, {}, opts);
    rejectBadInputs(this, name, checkFoundryResource(args));
    const { zone, route, today } = args;
    const { subscriptionId, tenantId, region } = route;
    const names = foundryNames(args);

    // Without a location: each resource says its own, and none is filled in behind its back.
    const provider = new Provider(
      `${name}-azure`,
      { subscriptionId, tenantId, environment: "public" },
      { parent: this },
    );
    const inside = { parent: this, providers: [provider] };
    const group = new ResourceGroup(
      `${name}-group`,
      { resourceGroupName: names.resourceGroup, location: region, tags: { cowork: names.label } },
      { parent: this, provider },
    );
    const place = { resourceGroupName: group.name, region, names };

    const key = new CustomerKey(
      `${name}-key`,
      { place, subscriptionId, tenantId, rotationDays: route.keys.rotationDays },
      inside,
    );
    const foundry = new FoundryAccount(`${name}-account`, { place, key }, inside);
    const { account, accountId, accountName } = foundry;
    const logs = new RouteLogs(`${name}-logs`, { place, ...route.logs }, inside);
    const watching = [
      logs.watch(`${name}-logs-account`, {
        resourceUri: accountId,
        categories: ["Audit", "RequestResponse"],
        after: account,
      }),
      logs.watch(`${name}-logs-vault`, {
        resourceUri: key.vaultId,
        categories: ["AuditEvent"],
        after: key.vault,
      }),
    ];
    const path = new PrivateAccess(
      `${name}-path`,
      { place, network: route.network, dns: route.dns, accountId, account },
      inside,
    );
    const caller = new CallerRole(
      `${name}-caller`,
      { place, subscriptionId, access: route.access, accountId, account },
      inside,
    );
    const signIn = foundrySignIn(`${name}-application`, args, { parent: this });
    const policy =
      route.azurePolicy &&
      new ModelPolicy(
        `${name}-policy`,
        {
          zone,
          place,
          models: route.models.map(({ model }) => model),
          today,
          subscriptionId,
          settings: route.azurePolicy,
          resourceGroup: group,
        },
        inside,
      );
    const deployer =
      route.deployer &&
      new DeployerAccess(
        `${name}-deployer`,
        {
          place,
          subscriptionId,
          settings: route.deployer,
          parts: {
            ownNetwork: route.network.kind === "create",
            ownDns: route.dns.kind === "create",
            sentinel: route.logs.sentinel,
          },
        },
        inside,
      );
    this.deployerPrincipalId = deployer?.principalId;
    // Last: nobody can call Claude before calls are logged, and an account takes one change at a time.
    const deployments = new ClaudeDeployments(
      `${name}-claude`,
      { place, accountName, account, models: route.models, attestation: route.attestation },
      { ...inside, dependsOn: [...watching, path] },
    );

    this.route = pulumi.output({
      name: route.name,
      provider: "foundry",
      subscriptionId,
      resourceName: accountName,
      region,
      models: modelOutputs(route.models),
      signIn: {
        tenantId,
        clientId: signIn.clientId,
        groupId: route.access.groupId,
        role: caller.roleName,
      },
      desktop: { ...route.desktop },
      logs: { workspaceId: logs.workspaceId, retentionDays: route.logs.retentionDays },
      customerManagedKey: keyCoverage,
      remainingSteps: [
        ...deployments.remainingSteps,
        ...path.remainingSteps,
        ...caller.remainingSteps,
        ...signIn.remainingSteps,
        ...(policy?.remainingSteps ?? []),
        ...(deployer?.remainingSteps ?? []),
      ],
      guarantee: "flagged content only",
    });
    this.registerOutputs({ route: this.route });
  }
}
