import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import { addressAt, parseBlock } from "../../shared/cidr.ts";
import type { ServiceNetwork } from "./args.ts";
import { restrictedApis } from "./google-apis.ts";
import { type ServicePlan, storePort } from "./plan.ts";
import { storeAddress } from "./store-checks.ts";

/** First address of a subnetwork that Google leaves free, and two more in reserve. */
const addressOffset = 4;

/** Where the service stands. */
export interface PlacedNetwork {
  readonly network: string;
  readonly subnetwork: string;
  /** Address of the load balancer, plain. */
  readonly address: string;
  readonly ready: readonly pulumi.Resource[];
}

/**
 * A subnetwork for instances, load balancer and store, one for the load balancer's proxies unless there is one,
 * and the load balancer's address. What instances may call is said by firewall rules for their tag: the store, Google's
 * APIs and the issuers, and nothing else, whatever the network's other rules are.
 *
 * @see https://docs.cloud.google.com/run/docs/configuring/vpc-direct-vpc (tags work for egress rules only)
 * @see https://docs.cloud.google.com/load-balancing/docs/proxy-only-subnets (looked up 2026-11-21)
 */
export function placedNetwork(
  name: string,
  plan: ServicePlan,
  args: { readonly network: ServiceNetwork; readonly egressCidrs: readonly string[] },
  opts: pulumi.CustomResourceOptions,
): PlacedNetwork {
  const { projectId: project, region, names } = plan;
  const { network, subnetCidr, proxies } = args.network;
  const subnetwork = new gcp.compute.Subnetwork(
    name,
    {
      project,
      region,
      name: names.base,
      network,
      ipCidrRange: subnetCidr,
      privateIpGoogleAccess: true,
    },
    opts,
  );
  const proxyOnly =
    proxies.kind === "create"
      ? [
          new gcp.compute.Subnetwork(
            `${name}-proxies`,
            {
              project,
              region,
              name: `${names.base}-proxies`,
              network,
              ipCidrRange: proxies.cidr,
              purpose: "REGIONAL_MANAGED_PROXY",
              role: "ACTIVE",
            },
            opts,
          ),
        ]
      : [];
  const address = firstAddress(subnetCidr);
  const reservation = new gcp.compute.Address(
    name,
    {
      project,
      region,
      name: names.base,
      addressType: "INTERNAL",
      purpose: "SHARED_LOADBALANCER_VIP",
      subnetwork: names.subnetwork,
      address,
    },
    { ...opts, dependsOn: [subnetwork] },
  );
  return {
    network,
    subnetwork: names.subnetwork,
    address,
    ready: [subnetwork, ...proxyOnly, reservation, ...egressRules(name, plan, args, opts)],
  };
}

/** The block was checked. */
function firstAddress(cidr: string): string {
  const parsed = parseBlock(cidr);
  return "block" in parsed ? addressAt(parsed.block, addressOffset) : "";
}

function egressRules(
  name: string,
  { projectId: project, names, store }: ServicePlan,
  {
    network,
    egressCidrs,
  }: { readonly network: ServiceNetwork; readonly egressCidrs: readonly string[] },
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  const rule = (role: string, rules: gcp.compute.FirewallArgs) =>
    new gcp.compute.Firewall(
      `${name}-${role}`,
      {
        project,
        name: `${names.base}-${role}`,
        direction: "EGRESS",
        targetTags: [names.base],
        ...rules,
      },
      opts,
    );
  const allow = (role: string, port: number, destinationRanges: readonly string[]) =>
    rule(role, {
      network: network.network,
      priority: 1000,
      allows: [{ protocol: "tcp", ports: [String(port)] }],
      destinationRanges: [...destinationRanges],
    });
  const storeAt =
    store.kind === "create"
      ? { port: storePort, cidrs: [network.subnetCidr] }
      : { port: storeAddress(store.url)?.port ?? storePort, cidrs: store.cidrs };
  return [
    allow("to-store", storeAt.port, storeAt.cidrs),
    allow("to-google", 443, [restrictedApis.cidr]),
    ...(egressCidrs.length === 0 ? [] : [allow("to-issuers", 443, egressCidrs)]),
    rule("deny-out", {
      network: network.network,
      priority: 65_533,
      denies: [{ protocol: "all" }],
      destinationRanges: ["0.0.0.0/0"],
    }),
  ];
}
