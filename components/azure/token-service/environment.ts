import { Certificate } from "@pulumi/azure-native/app/certificate.js";
import { ManagedEnvironment } from "@pulumi/azure-native/app/managedEnvironment.js";
import type { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import type * as pulumi from "@pulumi/pulumi";

import type { PlacedNetwork } from "./network.ts";
import type { ServicePlan } from "./plan.ts";

/** Name of the one workload profile, Container Apps' own. */
export const workloadProfile = "Consumption";

export interface ServiceEnvironment {
  readonly environment: ManagedEnvironment;
  /** Resource id, plain. */
  readonly environmentId: string;
  readonly certificateId: pulumi.Output<string>;
}

/**
 * An environment for the service alone: one private address, no public one, encryption between its parts, logs by
 * diagnostic settings (a workspace key would otherwise rest in the state). The host's certificate comes from the
 * company's vault by an identity of its own, so that the service cannot read the private key.
 *
 * @see https://learn.microsoft.com/azure/container-apps/networking
 * @see https://learn.microsoft.com/azure/container-apps/log-options (looked up 2026-11-21)
 */
export function serviceEnvironment(
  name: string,
  { names, region }: ServicePlan,
  args: {
    readonly resourceGroupName: pulumi.Input<string>;
    readonly network: PlacedNetwork;
    readonly zoneRedundant: boolean;
    readonly certificate: {
      readonly secretUrl: string;
      readonly identity: UserAssignedIdentity;
      readonly grant: pulumi.Resource;
    };
  },
  opts: pulumi.CustomResourceOptions,
): ServiceEnvironment {
  const { resourceGroupName, network, certificate } = args;
  const environment = new ManagedEnvironment(
    name,
    {
      resourceGroupName,
      location: region,
      environmentName: names.base,
      vnetConfiguration: { internal: true, infrastructureSubnetId: network.environmentSubnetId },
      publicNetworkAccess: "Disabled",
      zoneRedundant: args.zoneRedundant,
      workloadProfiles: [{ name: workloadProfile, workloadProfileType: workloadProfile }],
      peerTrafficConfiguration: { encryption: { enabled: true } },
      appLogsConfiguration: { destination: "azure-monitor" },
      identity: { type: "UserAssigned", userAssignedIdentities: [certificate.identity.id] },
    },
    { ...opts, dependsOn: [...network.ready] },
  );
  const bound = new Certificate(
    name,
    {
      resourceGroupName,
      location: region,
      environmentName: environment.name,
      certificateName: "token-service",
      properties: {
        certificateKeyVaultProperties: {
          identity: certificate.identity.id,
          keyVaultUrl: certificate.secretUrl,
        },
      },
    },
    { ...opts, dependsOn: [certificate.grant] },
  );
  return {
    environment,
    environmentId: names.idOf(`Microsoft.App/managedEnvironments/${names.base}`),
    certificateId: bound.id,
  };
}
