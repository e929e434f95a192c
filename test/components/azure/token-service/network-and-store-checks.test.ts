import { describe, expect, it } from "vitest";

import type { AzureTokenServiceArgs } from "../../../../components/azure/token-service/args.ts";
import { checkTokenService } from "../../../../components/azure/token-service/checks.ts";
import { authority, existingNetwork, laptop, networkId, serviceArgs, tested } from "./support.ts";

const said = (change: Partial<AzureTokenServiceArgs>) =>
  checkTokenService(serviceArgs(change)).map(({ path, reason }) => `${path}: ${reason}`);
const secret = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/secrets";

describe("network, authorities and store of a token service at Azure", () => {
  it.each<[string, Partial<AzureTokenServiceArgs>, readonly string[]]>([
    [
      "a network too narrow for two subnets",
      { network: { kind: "create", cidr: "10.60.0.0/27" } },
      ['network.cidr: "10.60.0.0/27"; need a block of /16 to /26, cut into two subnets'],
    ],
    [
      "a network Container Apps keeps for itself",
      { network: { kind: "create", cidr: "100.100.8.0/24" } },
      [
        'network.cidr: "100.100.8.0/24" overlaps 100.100.0.0/16, which Container Apps keeps for itself; use another block',
      ],
    ],
    [
      "a network where laptops are",
      { network: { kind: "create", cidr: "10.12.0.0/24" } },
      [
        'network.cidr: "10.12.0.0/24" overlaps "10.12.0.0/14", where laptops are; answers would not find back',
      ],
    ],
    [
      "one subnet for everything",
      { network: { ...existingNetwork, endpointSubnetId: `${networkId}/subnets/APPS` } },
      [
        "network.endpointSubnetId: is the environment's subnet, which takes nothing else; name another",
      ],
    ],
    [
      "subnets of two networks",
      { network: { ...existingNetwork, endpointSubnetId: `${networkId}2/subnets/endpoints` } },
      [
        "network.endpointSubnetId: is of another network than the environment's subnet; name one of the same",
      ],
    ],
    [
      "a subnet by its name",
      { network: { ...existingNetwork, environmentSubnetId: "apps" } },
      [
        'network.environmentSubnetId: "apps" is no resource id of a subnet: /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/p',
      ],
    ],
    [
      "a hub that lacks a zone and has another",
      {
        signs: true,
        dns: {
          kind: "existing",
          zoneIds: ["a", "b"]
            .map(
              (group) =>
                `/subscriptions/s/resourceGroups/${group}/providers/Microsoft.Network/privateDnsZones/privatelink.redis.azure.net`,
            )
            .concat("c"),
        },
      },
      [
        "dns.zoneIds: privatelink.vaultcore.azure.net is missing; the service would be led to a public address that is closed",
        "dns.zoneIds: privatelink.redis.azure.net is listed twice",
        'dns.zoneIds: "c" is none of the zones privatelink.redis.azure.net, privatelink.vaultcore.azure.net',
      ],
    ],
    [
      "a private key among the authorities",
      { deviceAuthorities: "-----BEGIN PRIVATE KEY-----", certificateHeaderTested: tested },
      [
        "deviceAuthorities: holds a private key; take it out, and count it as known to everybody who read the file: replace it",
      ],
    ],
    [
      "authorities that are none",
      { deviceAuthorities: "none", certificateHeaderTested: tested },
      [
        "deviceAuthorities: holds no certificate; give PEM text, -----BEGIN CERTIFICATE----- and so on",
      ],
    ],
    [
      "a laptop's certificate among the authorities",
      { deviceAuthorities: laptop, certificateHeaderTested: tested },
      ["deviceAuthorities: certificate 1 is of no authority (CA is not set)"],
    ],
    [
      "a certificate nobody can read",
      {
        deviceAuthorities: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        certificateHeaderTested: tested,
      },
      ["deviceAuthorities: certificate 1 cannot be read"],
    ],
    [
      "device certificates nobody tested",
      { deviceAuthorities: authority },
      [
        "certificateHeaderTested: missing; no page says that Container Apps drops a certificate header its caller wrote: test it as docs/token-service-azure.md says and write who did and when, or let no device certificates in",
      ],
    ],
    [
      "a test of tomorrow by nobody",
      {
        deviceAuthorities: authority,
        certificateHeaderTested: { testedBy: " ", testedOn: "2026-11-22" },
      },
      [
        "certificateHeaderTested.testedBy: empty; name who tested it",
        'certificateHeaderTested.testedOn: "2026-11-22" is no date such as 2026-11-21, or lies after today',
      ],
    ],
    [
      "a test of nothing",
      { certificateHeaderTested: tested },
      ["certificateHeaderTested: is given, but no device certificates are let in; remove it"],
    ],
    [
      "a store without a disk",
      { store: { kind: "create", sku: "FlashOptimized_A250" } },
      [
        'store.sku: "FlashOptimized_A250"; use one of Balanced_B3, Balanced_B5, Balanced_B10, Balanced_B20, MemoryOptimized_M10, MemoryOptimized_M20, ComputeOptimized_X3, ComputeOptimized_X5, ComputeOptimized_X10, ComputeOptimized_X20',
      ],
    ],
    [
      "a store with a password in its address, nowhere, and a secret that is none",
      {
        store: {
          kind: "existing",
          url: "redis://me:hunter2@store.example.com",
          cidrs: [],
          passwordSecretId: "hunter2",
        },
      },
      [
        'store.url: "redis://...@store.example.com" is no address such as rediss://store.example.com:6379, with TLS and without user, password or path',
        "store.cidrs: empty; name the blocks the store answers from",
        `store.passwordSecretId: is no resource id of a vault's secret; write ${secret}/n, without a version`,
      ],
    ],
  ])("are refused with %s", (_, change, says) => {
    expect(said(change)).toEqual(says);
  });
});
