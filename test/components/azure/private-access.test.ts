import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import { PrivateAccess, type PrivateAccessArgs } from "../../../components/azure/private-access.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { asked, group, inputsOf, place } from "./support.ts";

class Account extends pulumi.ComponentResource {
  constructor() {
    super("test:index:Account", "account");
  }
}

const accountId = `${group}/providers/Microsoft.CognitiveServices/accounts/a`;
const made = (change: Partial<PrivateAccessArgs> = {}) =>
  deploy(
    () =>
      new PrivateAccess("p", {
        place,
        network: { kind: "create", cidr: "10.42.0.0/24", clientCidrs: ["10.12.0.0/14"] },
        dns: { kind: "create" },
        accountId,
        account: new Account(),
        ...change,
      }),
  );

const own = `${group}/providers/Microsoft.Network/virtualNetworks/cowork-example-us-foundry`;
const theirs =
  "/subscriptions/s/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/claude";
const zone = (name: string) =>
  `/subscriptions/s/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/${name}`;
const names = [
  "privatelink.cognitiveservices.azure.com",
  "privatelink.openai.azure.com",
  "privatelink.services.ai.azure.com",
];
const existing = {
  network: { kind: "existing", subnetId: theirs, clientCidrs: ["10.12.0.0/14"] },
  dns: { kind: "existing", zoneIds: names.map(zone).toReversed() },
} as const;

describe("PrivateAccess", () => {
  it("leads to the account and to nothing else, from a subnet of its own", async () => {
    const { resources } = await made();
    expect(inputsOf(resources, "PrivateEndpoint")).toMatchObject({
      resourceGroupName: "cowork-example-us-foundry",
      location: "eastus2",
      privateEndpointName: "cowork-example-us-foundry",
      customNetworkInterfaceName: "cowork-example-us-foundry-endpoint",
      subnet: { id: `${own}/subnets/endpoints` },
      privateLinkServiceConnections: [
        { name: "foundry", privateLinkServiceId: accountId, groupIds: ["account"] },
      ],
    });
  });

  it("lets only the laptops' ranges in, on 443, and binds the endpoint to that", async () => {
    const { resources } = await made();
    const { securityRules } = inputsOf(resources, "NetworkSecurityGroup");
    expect(securityRules).toMatchObject([
      {
        access: "Allow",
        direction: "Inbound",
        protocol: "Tcp",
        priority: 100,
        sourceAddressPrefixes: ["10.12.0.0/14"],
        destinationAddressPrefix: "10.42.0.0/24",
        destinationPortRange: "443",
      },
      {
        access: "Deny",
        direction: "Inbound",
        protocol: "*",
        priority: 4096,
        sourceAddressPrefix: "*",
        destinationAddressPrefix: "*",
        destinationPortRange: "*",
      },
    ]);
    expect(inputsOf(resources, "VirtualNetwork")).toMatchObject({
      addressSpace: { addressPrefixes: ["10.42.0.0/24"] },
      subnets: [
        {
          name: "endpoints",
          addressPrefix: "10.42.0.0/24",
          networkSecurityGroup: { id: "p-network-guard-id" },
          privateEndpointNetworkPolicies: "Enabled",
          defaultOutboundAccess: false,
        },
      ],
    });
  });

  it("makes all three zones, links each to the network and writes the endpoint into each", async () => {
    const { resources } = await made();
    const zones = resources.filter(({ type }) => type.endsWith(":PrivateZone"));
    expect(zones.map(({ inputs }) => inputs.privateZoneName)).toEqual(names);
    const links = resources.filter(({ type }) => type.endsWith(":VirtualNetworkLink"));
    expect(links.map(({ inputs }) => [inputs.virtualNetwork, inputs.registrationEnabled])).toEqual([
      [{ id: own }, false],
      [{ id: own }, false],
      [{ id: own }, false],
    ]);
    const inGroup = (name: string) =>
      `${group}/providers/Microsoft.Network/privateDnsZones/${name}`;
    expect(inputsOf(resources, "PrivateDnsZoneGroup").privateDnsZoneConfigs).toEqual([
      { name: "cognitiveservices", privateDnsZoneId: inGroup(names[0] ?? "") },
      { name: "openai", privateDnsZoneId: inGroup(names[1] ?? "") },
      { name: "services-ai", privateDnsZoneId: inGroup(names[2] ?? "") },
    ]);
  });

  it("uses a company's subnet and a hub's zones as they are", async () => {
    const { resources, result } = await made(existing);
    expect(asked(resources)).toEqual([
      "PrivateDnsZoneGroup::p-zones",
      "PrivateEndpoint::p-endpoint",
    ]);
    expect(inputsOf(resources, "PrivateEndpoint").subnet).toMatchObject({ id: theirs });
    expect(inputsOf(resources, "PrivateDnsZoneGroup").privateDnsZoneConfigs).toEqual([
      { name: "cognitiveservices", privateDnsZoneId: zone(names[0] ?? "") },
      { name: "openai", privateDnsZoneId: zone(names[1] ?? "") },
      { name: "services-ai", privateDnsZoneId: zone(names[2] ?? "") },
    ]);
    expect(result.remainingSteps).toEqual([
      `See that the subnet ${theirs} lies in eastus2 and lets 10.12.0.0/14 in on 443: the kit leaves its rules alone (docs/foundry.md).`,
      "See that cowork-example-us-foundry-7a1fe41d.services.ai.azure.com answers a private address on a laptop: the zones are the hub's (docs/foundry.md).",
    ]);
  });

  it("links zones it makes to the network of a given subnet", async () => {
    const { resources } = await made({ network: existing.network });
    const [link] = resources.filter(({ type }) => type.endsWith(":VirtualNetworkLink"));
    expect(link?.inputs.virtualNetwork).toEqual({ id: theirs.replace("/subnets/claude", "") });
  });

  it("refuses two zones of three before anything is created", async () => {
    const dns = { kind: "existing", zoneIds: names.slice(0, 2).map(zone) } as const;
    expect(await refusal(made({ dns }))).toBe(
      "p: invalid arguments\n  dns.zoneIds: privatelink.services.ai.azure.com missing; all three zones or none: laptops would be led to the public address and refused with 401",
    );
  });
});
