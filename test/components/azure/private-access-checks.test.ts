import { describe, expect, it } from "vitest";
import type { FoundryRouteSettings } from "../../../components/azure/foundry-route.ts";
import { checkPrivateAccess } from "../../../components/azure/private-access-checks.ts";

const create = { kind: "create", cidr: "10.42.0.0/24", clientCidrs: ["10.12.0.0/14"] } as const;
const check = (network: object, dns: FoundryRouteSettings["dns"] = { kind: "create" }) =>
  checkPrivateAccess({ network: { ...create, ...network }, dns });
const one = (path: string, reason: string) => [{ path, reason }];

const hub = "/subscriptions/s/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/";
const three = [
  `${hub}privatelink.cognitiveservices.azure.com`,
  `${hub}privatelink.openai.azure.com`,
  `${hub}privatelink.services.ai.azure.com`,
];
const existing = (zoneIds: readonly string[]) => ({ kind: "existing", zoneIds }) as const;

describe("checkPrivateAccess", () => {
  it.each([
    { network: {} },
    { network: { cidr: "10.42.0.0/28" } },
    { network: { cidr: "172.20.0.0/16" } },
    { network: { cidr: "100.64.3.0/26", clientCidrs: ["10.0.0.0/8", "192.168.0.0/16"] } },
  ])("accepts $network", ({ network }) => {
    expect(check(network)).toEqual([]);
  });

  it.each([
    { cidr: "10.42.0.0/29", reason: '"10.42.0.0/29"; a network for the endpoint takes /16 to /28' },
    { cidr: "10.42.0.0/15", reason: '"10.42.0.0/15"; a network for the endpoint takes /16 to /28' },
    {
      cidr: "10.42.0.1/24",
      reason: '"10.42.0.1/24" has bits set after /24; did you mean 10.42.0.0/24',
    },
    { cidr: "ten", reason: '"ten" is not an IPv4 block such as 10.40.0.0/16' },
    {
      cidr: "203.0.113.0/24",
      reason:
        '"203.0.113.0/24" is not private; use a block of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
    },
  ])("refuses a network of $cidr", ({ cidr, reason }) => {
    expect(check({ cidr })).toEqual(one("network.cidr", reason));
  });

  it.each([
    { clientCidrs: [], path: "", reason: "empty; list at least one range laptops come from" },
    { clientCidrs: ["0.0.0.0/0"], path: ".0", reason: '"0.0.0.0/0" is everybody' },
    {
      clientCidrs: ["10.40.0.0/14"],
      path: ".0",
      reason:
        '"10.40.0.0/14" overlaps 10.42.0.0/24: a network answers its own addresses itself, so such laptops would hear nothing',
    },
    {
      clientCidrs: ["10.12.0.0/14", "10.13.0.0/16"],
      path: ".1",
      reason: '"10.13.0.0/16" overlaps 10.12.0.0/14; keep the wider one',
    },
    {
      clientCidrs: ["laptops"],
      path: ".0",
      reason: '"laptops" is not an IPv4 block such as 10.40.0.0/16',
    },
  ])("refuses laptops from $clientCidrs", ({ clientCidrs, path, reason }) => {
    expect(check({ clientCidrs })).toContainEqual({ path: `network.clientCidrs${path}`, reason });
  });

  it("refuses an existing subnet that is named otherwise than by its resource id", () => {
    const network = { kind: "existing", subnetId: "endpoints", clientCidrs: ["10.12.0.0/14"] };
    expect(check(network)).toEqual(
      one(
        "network.subnetId",
        '"endpoints" is no resource id of a subnet: /subscriptions/…/virtualNetworks/…/subnets/…',
      ),
    );
  });

  it("accepts a hub's three zones in any order and spelling", () => {
    expect(check({}, existing(three.toReversed()))).toEqual([]);
    expect(check({}, existing(three.map((id) => id.replace("Zones", "zones"))))).toEqual([]);
  });

  it.each([
    { left: "privatelink.cognitiveservices.azure.com", zoneIds: three.slice(1) },
    { left: "privatelink.services.ai.azure.com", zoneIds: three.slice(0, 2) },
    {
      left: "privatelink.openai.azure.com and privatelink.services.ai.azure.com",
      zoneIds: three.slice(0, 1),
    },
  ])("refuses a hub without $left", ({ left, zoneIds }) => {
    expect(check({}, existing(zoneIds))).toEqual(
      one(
        "dns.zoneIds",
        `${left} missing; all three zones or none: laptops would be led to the public address and refused with 401`,
      ),
    );
  });

  it("refuses a zone twice and what is no zone of the three", () => {
    const other = `${hub}privatelink.blob.core.windows.net`;
    expect(check({}, existing([...three, three[0] ?? "", other, "x"]))).toEqual([
      {
        path: "dns.zoneIds.3",
        reason: "privatelink.cognitiveservices.azure.com is listed twice",
      },
      {
        path: "dns.zoneIds.4",
        reason: `"${other}" is none of the zones privatelink.cognitiveservices.azure.com, privatelink.openai.azure.com, privatelink.services.ai.azure.com`,
      },
      {
        path: "dns.zoneIds.5",
        reason:
          '"x" is none of the zones privatelink.cognitiveservices.azure.com, privatelink.openai.azure.com, privatelink.services.ai.azure.com',
      },
    ]);
  });
});
