import { describe, expect, it } from "vitest";
import { TokenService } from "../../../../components/azure/token-service/token-service.ts";
import type { Registered } from "../../../support/deploy.ts";
import { deploy } from "../../../support/deploy.ts";
import { inputsOf } from "../support.ts";
import { answers, existingStore, serviceArgs } from "./support.ts";

type Rule = Readonly<Record<string, unknown>>;

const run = async (change = {}) =>
  (await deploy(() => new TokenService("tokens", serviceArgs(change)), answers)).resources;
const linesOf = (resources: readonly Registered[], name: string) => {
  const group = resources.find((one) => one.name === name);
  return (group!.inputs.securityRules as readonly Rule[]).map((rule) => {
    const from = rule.sourceAddressPrefix ?? (rule.sourceAddressPrefixes as string[]).join(" ");
    const to =
      rule.destinationAddressPrefix ?? (rule.destinationAddressPrefixes as string[]).join(" ");
    const ports = rule.destinationPortRange ?? (rule.destinationPortRanges as string[]).join(" ");
    return `${rule.priority} ${rule.access} ${rule.name}: ${from} -> ${to} ${rule.protocol} ${ports}`;
  });
};

describe("the network of a token service at Azure", () => {
  it("lets laptops into the environment and nothing out but to what is named", async () => {
    expect(linesOf(await run(), "tokens-network-environment")).toEqual([
      "100 Allow from-laptops: 10.12.0.0/14 -> 10.60.0.0/25 Tcp 443 30000-32767",
      "110 Allow from-load-balancer: AzureLoadBalancer -> 10.60.0.0/25 Tcp 30000-32767",
      "120 Allow from-itself: 10.60.0.0/25 -> 10.60.0.0/25 * *",
      "4096 Deny from-nobody-else: * -> * * *",
      "140 Allow to-itself: 10.60.0.0/25 -> 10.60.0.0/25 * *",
      "150 Allow to-endpoints: 10.60.0.0/25 -> 10.60.0.128/25 Tcp 443 10000 8500-8599",
      "160 Allow to-platform-images: 10.60.0.0/25 -> MicrosoftContainerRegistry Tcp 443",
      "170 Allow to-platform-images-cache: 10.60.0.0/25 -> AzureFrontDoor.FirstParty Tcp 443",
      "180 Allow to-image: 10.60.0.0/25 -> AzureContainerRegistry Tcp 443",
      "190 Allow to-image-layers: 10.60.0.0/25 -> Storage.eastus2 Tcp 443",
      "200 Allow to-entra: 10.60.0.0/25 -> AzureActiveDirectory Tcp 443",
      "210 Allow to-monitor: 10.60.0.0/25 -> AzureMonitor Tcp 443",
      "220 Allow to-time: 10.60.0.0/25 -> * Udp 123",
      "230 Allow to-issuers: 10.60.0.0/25 -> 198.51.100.0/24 Tcp 443",
      "4096 Deny to-nowhere-else: * -> * * *",
    ]);
  });

  it("lets replicas reach a store of the company's own, on its port", async () => {
    const lines = linesOf(await run({ store: existingStore }), "tokens-network-environment");
    expect(lines).toContain("240 Allow to-store: 10.60.0.0/25 -> 10.70.0.0/28 Tcp 6380");
  });

  it("lets nobody but the replicas reach store and vault", async () => {
    const resources = await run();
    expect(linesOf(resources, "tokens-network-endpoints")).toEqual([
      "100 Allow from-token-service: 10.60.0.0/25 -> 10.60.0.128/25 Tcp 443 10000 8500-8599",
      "4096 Deny from-nobody-else: * -> * * *",
    ]);
    expect(inputsOf(resources, "VirtualNetwork").subnets).toMatchObject([
      {
        name: "environment",
        addressPrefix: "10.60.0.0/25",
        networkSecurityGroup: { id: "tokens-network-environment-id" },
        delegations: [{ serviceName: "Microsoft.App/environments" }],
      },
      {
        name: "endpoints",
        addressPrefix: "10.60.0.128/25",
        networkSecurityGroup: { id: "tokens-network-endpoints-id" },
        privateEndpointNetworkPolicies: "Enabled",
        defaultOutboundAccess: false,
      },
    ]);
  });
});
