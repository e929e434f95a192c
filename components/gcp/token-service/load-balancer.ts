import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import { parseBlock } from "../../shared/cidr.ts";
import { deviceCertificates, headerAction } from "./device-certificates.ts";
import type { PlacedNetwork } from "./network.ts";
import type { ServicePlan } from "./plan.ts";

/** Arguments of {@link serviceLoadBalancer}; the caller has checked them. */
export interface LoadBalancerArgs {
  readonly network: PlacedNetwork;
  readonly certificate: string;
  readonly clientCidrs: readonly string[];
  readonly deviceAuthorities: string | undefined;
  readonly service: pulumi.Resource;
}

/**
 * The load balancer inside the network: TLS 1.2 or newer with the strictest ciphers, the company's certificate, and one
 * address in front of the service. Requests from other blocks than the clients' are refused.
 *
 * That is an authorization policy and no firewall rule: rules act on machines, and the proxies are none. Rules for
 * proxies belong to a policy of which a network has one in a region, perhaps somebody else's.
 *
 * @see https://docs.cloud.google.com/load-balancing/docs/l7-internal/setting-up-l7-internal-serverless
 * @see https://docs.cloud.google.com/load-balancing/docs/auth-policy/auth-policy-overview (looked up 2026-11-21)
 */
export function serviceLoadBalancer(
  name: string,
  plan: ServicePlan,
  args: LoadBalancerArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const { projectId: project, region, names } = plan;
  const named = { project, region, name: names.base };
  const at = (kind: string) => `projects/${project}/regions/${region}/${kind}/${names.base}`;
  const after = (...dependsOn: pulumi.Resource[]) => ({ ...opts, dependsOn });

  const group = new gcp.compute.RegionNetworkEndpointGroup(
    name,
    { ...named, networkEndpointType: "SERVERLESS", cloudRun: { service: names.base } },
    after(args.service),
  );
  const backend = new gcp.compute.RegionBackendService(
    name,
    {
      ...named,
      loadBalancingScheme: "INTERNAL_MANAGED",
      protocol: "HTTPS",
      backends: [{ group: at("networkEndpointGroups"), capacityScaler: 1 }],
      // Who was refused before the service saw them.
      logConfig: { enable: true, sampleRate: 1 },
    },
    after(group),
  );
  const urlMap = new gcp.compute.RegionUrlMap(
    name,
    {
      ...named,
      defaultService: at("backendServices"),
      headerAction: headerAction(args.deviceAuthorities !== undefined),
    },
    after(backend),
  );
  const tls = new gcp.compute.RegionSslPolicy(
    name,
    { ...named, profile: "RESTRICTED", minTlsVersion: "TLS_1_2" },
    opts,
  );
  const devices =
    args.deviceAuthorities === undefined
      ? undefined
      : deviceCertificates(name, plan, args.deviceAuthorities, opts);
  const proxy = new gcp.compute.RegionTargetHttpsProxy(
    name,
    {
      ...named,
      urlMap: at("urlMaps"),
      sslPolicy: at("sslPolicies"),
      ...(args.certificate.includes("/sslCertificates/")
        ? { sslCertificates: [args.certificate] }
        : { certificateManagerCertificates: [args.certificate] }),
      ...(devices && { serverTlsPolicy: devices.policyName }),
    },
    after(urlMap, tls, ...(devices ? [devices.policy] : [])),
  );
  const rule = new gcp.compute.ForwardingRule(
    name,
    {
      ...named,
      loadBalancingScheme: "INTERNAL_MANAGED",
      target: at("targetHttpsProxies"),
      network: args.network.network,
      subnetwork: args.network.subnetwork,
      ipAddress: args.network.address,
      ipProtocol: "TCP",
      portRange: "443",
      // Laptops arrive through a VPN gateway, which may stand in any region.
      allowGlobalAccess: true,
    },
    after(proxy, ...args.network.ready),
  );
  new gcp.networksecurity.AuthzPolicy(
    name,
    {
      project,
      location: region,
      name: names.base,
      description: "Only from where laptops are",
      action: "ALLOW",
      target: { loadBalancingScheme: "INTERNAL_MANAGED", resources: [at("forwardingRules")] },
      httpRules: [{ from: { sources: [{ ipBlocks: ipBlocks(args.clientCidrs) }] } }],
    },
    after(rule),
  );
}

/** The blocks were checked. */
function ipBlocks(cidrs: readonly string[]) {
  return cidrs.flatMap((text) => {
    const [prefix = ""] = text.split("/");
    const parsed = parseBlock(text);
    return "block" in parsed ? [{ prefix, length: parsed.block.prefix }] : [];
  });
}
