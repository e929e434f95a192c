import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { type Block, format } from "../shared/cidr.ts";
import { keptInRegion } from "./regional-sink.ts";

/** Arguments of {@link PrivateNetwork}; the caller has checked them. */
export interface PrivateNetworkArgs {
  readonly projectId: string;
  /** Region of the one subnetwork. */
  readonly region: string;
  /** Name of the network and its subnetwork, and the beginning of all other names. */
  readonly baseName: string;
  readonly subnetwork: Block;
  /** The one address that may be called from inside. */
  readonly endpoint: string;
  /** Log bucket in the region. Default: no flow is recorded. */
  readonly logBucketName: string | undefined;
}

/**
 * A network without a way out: one subnetwork, no default route, no router, no NAT, no external address.
 * Flows are recorded only where a log bucket in the region is given: `_Default` may lie in `global`.
 *
 * The firewall guards machines somebody may put here: nothing in, and out only to the endpoint. It does **not**
 * guard the endpoint from the company's own network: Google applies these rules to the interfaces of machines,
 * and traffic from a VPN to an endpoint meets none. Who reaches the endpoint is decided by what is routed there
 * and, with a perimeter, by who calls.
 * That last part is inferred from what rules act on, not stated by Google: test it.
 * @see https://docs.cloud.google.com/vpc/docs/apis (firewall rules: "to or from virtual machine instances"; read 2026-11-21)
 */
export class PrivateNetwork extends pulumi.ComponentResource {
  /** `projects/P/global/networks/N`, plain. */
  readonly network: string;
  /** `projects/P/regions/R/subnetworks/S`, plain. */
  readonly subnetwork: string;
  /** What whoever uses the names above depends on. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: PrivateNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:PrivateNetwork", name, {}, opts);
    const { projectId: project, region, baseName } = args;
    this.network = `projects/${project}/global/networks/${baseName}`;
    this.subnetwork = `projects/${project}/regions/${region}/subnetworks/${baseName}`;

    const network = new gcp.compute.Network(
      name,
      {
        project,
        name: baseName,
        description: "Private path to Claude; no way out",
        // Automatic subnetworks would lie in every region of the world.
        autoCreateSubnetworks: false,
        deleteDefaultRoutesOnCreate: true,
        // A VPN gateway may stand in another region: its routes are to be known here.
        routingMode: "GLOBAL",
      },
      { parent: this },
    );
    const inside = { parent: this, dependsOn: [network] };
    const flows = this.#flowLogs(name, args);
    const subnetwork = new gcp.compute.Subnetwork(
      name,
      {
        project,
        region,
        name: baseName,
        network: this.network,
        ipCidrRange: format(args.subnetwork),
        privateIpGoogleAccess: true,
        ...(flows && {
          logConfig: {
            aggregationInterval: "INTERVAL_5_SEC",
            flowSampling: 1,
            metadata: "INCLUDE_ALL_METADATA",
          },
        }),
      },
      { parent: this, dependsOn: flows ? [network, flows] : [network] },
    );
    this.#firewall(name, args, inside);
    this.ready = [network, subnetwork];
    this.registerOutputs({ network: this.network, subnetwork: this.subnetwork });
  }

  #flowLogs(name: string, args: PrivateNetworkArgs): pulumi.Resource | undefined {
    const { projectId, baseName, logBucketName: bucketName } = args;
    if (bucketName === undefined) return undefined;
    const filter = `log_id("compute.googleapis.com/vpc_flows") AND resource.labels.subnetwork_name="${baseName}"`;
    const what = "Flow logs of the private path";
    return keptInRegion(
      `${name}-flows`,
      { projectId, name: `${baseName}-flows`, bucketName, filter, what },
      { parent: this },
    );
  }

  #firewall(name: string, args: PrivateNetworkArgs, inside: pulumi.CustomResourceOptions): void {
    const { projectId: project, baseName, endpoint } = args;
    const everything = [{ protocol: "all" }];
    const rule = (role: string, rules: gcp.compute.FirewallArgs) =>
      new gcp.compute.Firewall(
        `${name}-${role}`,
        { ...rules, project, name: `${baseName}-${role}` },
        inside,
      );
    rule("deny-in", {
      network: this.network,
      direction: "INGRESS",
      priority: 65_534,
      denies: everything,
      sourceRanges: ["0.0.0.0/0"],
    });
    rule("deny-out", {
      network: this.network,
      direction: "EGRESS",
      priority: 65_534,
      denies: everything,
      destinationRanges: ["0.0.0.0/0"],
    });
    rule("to-endpoint", {
      network: this.network,
      direction: "EGRESS",
      priority: 1000,
      allows: [{ protocol: "tcp", ports: ["443"] }],
      destinationRanges: [`${endpoint}/32`],
    });
  }
}
