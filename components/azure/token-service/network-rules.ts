import type { types } from "@pulumi/azure-native";

type SecurityRule = types.input.network.SecurityRuleArgs;

/** What lies where; all of it plain. */
export interface RuleFacts {
  readonly region: string;
  /** Blocks of the two subnets. */
  readonly environment: string;
  readonly endpoints: string;
  readonly clientCidrs: readonly string[];
  readonly egressCidrs: readonly string[];
  /** A store of the company's own; absent for one behind a private endpoint. */
  readonly store: { readonly cidrs: readonly string[]; readonly port: number } | undefined;
}

/** Ports the environment's own load balancer answers and probes on. */
const balancerPorts = "30000-32767";

/**
 * The environment's subnet: laptops reach ingress, and nothing leaves but to what the platform needs and what is named.
 * @see https://learn.microsoft.com/azure/container-apps/firewall-integration (looked up 2026-11-21)
 */
export function environmentRules(facts: RuleFacts): SecurityRule[] {
  const { environment, endpoints, region, clientCidrs, egressCidrs, store } = facts;
  const out = (name: string, to: Destination, ports: string, protocol = "Tcp") =>
    allow("Outbound", name, { from: environment, to, ports, protocol });
  return numbered([
    allow("Inbound", "laptops", {
      from: clientCidrs,
      to: environment,
      ports: ["443", balancerPorts],
    }),
    allow("Inbound", "load-balancer", {
      from: "AzureLoadBalancer",
      to: environment,
      ports: balancerPorts,
    }),
    allow("Inbound", "itself", { from: environment, to: environment, ports: "*", protocol: "*" }),
    deny("Inbound"),
    out("itself", environment, "*", "*"),
    // 443 of vaults, 10000 of the store; its nodes answer on 8500 to 8599.
    allow("Outbound", "endpoints", {
      from: environment,
      to: endpoints,
      ports: ["443", "10000", "8500-8599"],
    }),
    out("platform-images", "MicrosoftContainerRegistry", "443"),
    out("platform-images-cache", "AzureFrontDoor.FirstParty", "443"),
    out("image", "AzureContainerRegistry", "443"),
    out("image-layers", `Storage.${region}`, "443"),
    out("entra", "AzureActiveDirectory", "443"),
    out("monitor", "AzureMonitor", "443"),
    out("time", "*", "123", "Udp"),
    ...(egressCidrs.length === 0 ? [] : [out("issuers", egressCidrs, "443")]),
    ...(store === undefined ? [] : [out("store", store.cidrs, String(store.port))]),
    deny("Outbound"),
  ]);
}

/** The endpoints' subnet: the service's replicas and nobody else. */
export function endpointRules({ environment, endpoints }: RuleFacts): SecurityRule[] {
  return numbered([
    allow("Inbound", "token-service", {
      from: environment,
      to: endpoints,
      ports: ["443", "10000", "8500-8599"],
    }),
    deny("Inbound"),
  ]);
}

type Direction = "Inbound" | "Outbound";
type Destination = string | readonly string[];
type Unnumbered = Omit<SecurityRule, "priority">;

interface Allowed {
  readonly from: Destination;
  readonly to: Destination;
  readonly ports: Destination;
  readonly protocol?: string;
}

function allow(direction: Direction, what: string, allowed: Allowed): Unnumbered {
  const { from, to, ports, protocol = "Tcp" } = allowed;
  return {
    name: `${direction === "Inbound" ? "from" : "to"}-${what}`,
    direction,
    access: "Allow",
    protocol,
    ...(typeof from === "string"
      ? { sourceAddressPrefix: from }
      : { sourceAddressPrefixes: [...from] }),
    sourcePortRange: "*",
    ...(typeof to === "string"
      ? { destinationAddressPrefix: to }
      : { destinationAddressPrefixes: [...to] }),
    ...(typeof ports === "string"
      ? { destinationPortRange: ports }
      : { destinationPortRanges: [...ports] }),
  };
}

/** Before Azure's own rules, which would let the whole network in and everything out. */
function deny(direction: Direction): Unnumbered {
  return {
    name: direction === "Inbound" ? "from-nobody-else" : "to-nowhere-else",
    direction,
    access: "Deny",
    protocol: "*",
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "*",
  };
}

/** In the order they are written, denials last. */
function numbered(rules: readonly Unnumbered[]): SecurityRule[] {
  return rules.map((rule, index) => ({
    ...rule,
    priority: rule.access === "Deny" ? 4096 : 100 + 10 * index,
  }));
}
