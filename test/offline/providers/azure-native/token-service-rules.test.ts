import { describe, expect, it } from "vitest";

import type { Properties } from "../../../../offline/providers/struct.ts";
import { check } from "./checked.ts";
import { rows } from "./rows/all.ts";

const refused = (type: string, change: Properties) =>
  check(type, { ...rows[type]?.[0], ...change }).failures;
const subnet =
  "the id of a Microsoft.Network/virtualNetworks/subnets: /subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/NAME/subnets/NAME";

describe("what Azure refuses of the parts of a token service", () => {
  it.each<[string, Properties, readonly string[]]>([
    [
      "app/ManagedEnvironment",
      { vnetConfiguration: { internal: true } },
      [
        "vnetConfiguration.infrastructureSubnetId: an internal environment needs a subnet to stand in",
      ],
    ],
    [
      "app/ManagedEnvironment",
      { vnetConfiguration: { internal: true, infrastructureSubnetId: "apps" } },
      [`vnetConfiguration.infrastructureSubnetId: "apps" is not ${subnet}`],
    ],
    [
      "app/ManagedEnvironment",
      { appLogsConfiguration: { destination: "monitor" } },
      [
        'appLogsConfiguration.destination: "monitor" is not one of "log-analytics", "azure-monitor", "none"',
      ],
    ],
    [
      "app/ContainerApp",
      { containerAppName: "Tokens" },
      [
        'containerAppName: "Tokens" is not an app\'s name: 2 to 32 lower-case letters, digits and hyphens, a letter first, no hyphen last, no two in a row',
      ],
    ],
    [
      "app/ContainerApp",
      { configuration: { ingress: { clientCertificateMode: "Accept" } } },
      [
        'configuration.ingress.clientCertificateMode: "Accept" is not one of "ignore", "accept", "require"',
      ],
    ],
    [
      "app/ContainerApp",
      { template: { scale: { minReplicas: -1 }, terminationGracePeriodSeconds: 601 } },
      [
        "template.scale.minReplicas: -1 is not between 0 and 1000",
        "template.terminationGracePeriodSeconds: 601 is not between 0 and 600",
      ],
    ],
    [
      "app/Certificate",
      {
        properties: {
          certificateKeyVaultProperties: {
            keyVaultUrl: "https://edge.vault.azure.net/certificates/host",
          },
        },
      },
      [
        'properties.certificateKeyVaultProperties.keyVaultUrl: "https://edge.vault.azure.net/certificates/host" is not the address of a vault\'s secret: https://NAME.vault.azure.net/secrets/NAME',
      ],
    ],
    [
      "redisenterprise/RedisEnterprise",
      { sku: { name: "Premium_P1" }, minimumTlsVersion: "1.3" },
      [
        'sku.name: "Premium_P1" is not a tier and size, as Balanced_B3',
        'minimumTlsVersion: "1.3" is not one of "1.0", "1.1", "1.2"',
      ],
    ],
    [
      "redisenterprise/Database",
      { port: 6379, evictionPolicy: "noeviction" },
      [
        'evictionPolicy: "noeviction" is not one of "AllKeysLFU", "AllKeysLRU", "AllKeysRandom", "VolatileLRU", "VolatileLFU", "VolatileTTL", "VolatileRandom", "NoEviction"',
        "port: 6379 is not between 10000 and 10000",
      ],
    ],
    [
      "redisenterprise/AccessPolicyAssignment",
      { accessPolicyName: "reader", user: { objectId: "service" } },
      [
        'accessPolicyName: "reader" is not one of "default"',
        'user.objectId: "service" is not a GUID, as 7d312290-28c8-473c-a0ed-8e53749b6d6d',
      ],
    ],
  ])("%s with %j", (type, change, says) => {
    expect(refused(type, change)).toEqual(says);
  });
});
