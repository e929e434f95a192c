import * as pulumi from "@pulumi/pulumi";

import { vertexHost } from "../../residency/gcp/hosts.ts";
import { parseBlock } from "../shared/cidr.ts";
import { rejectBadInputs } from "../shared/input-check.ts";
import { fitted, vertexLabel } from "./names.ts";
import { bundleEndpoint, regionalEndpoint } from "./private-endpoint.ts";
import { PrivateNetwork } from "./private-network.ts";
import { checkPrivatePath } from "./private-path-checks.ts";
import { type AddressPlan, endpointKind, planAddresses } from "./private-path-plan.ts";
import { dnsEntryPoint, privateZone } from "./private-zone.ts";
import { privatePathSteps } from "./reach-steps.ts";
import type { VertexProjectArgs, VertexReach } from "./vertex-route.ts";

/** Room for the longest ending of a name, within 63 characters. */
const maxBaseLength = 48;

/** Arguments of {@link PrivatePath}. */
export interface PrivatePathArgs extends VertexProjectArgs {
  /** Required. `route.reach` when it is private. */
  readonly reach: Extract<VertexReach, { kind: "private" }>;
  /**
   * Log bucket of the project in the data region, `projects/P/locations/L/buckets/B`: where flow logs of a
   * created network rest. Default: none are recorded.
   */
  readonly logBucketName?: string | undefined;
}

/** What the company's own network has to do: no VPN is made here. */
export interface PrivateRouting {
  /** Block the VPN must carry to Google. */
  readonly toGoogle: pulumi.Input<string>;
  /** Blocks the VPN must carry back. */
  readonly toLaptops: readonly string[];
}

/**
 * The private way from laptops to the host that serves a route.
 *
 * Creates: a network without a way out and an inbound DNS entry point (or uses a network), a reserved internal
 * address in the data region, a Private Service Connect endpoint for the host, and a private zone named exactly
 * like the host, so that no other name is hidden, with one record.
 *
 * Does **not** close the public host: only a perimeter does. TLS still names the host, so that the same profile
 * works on and off the company's network.
 *
 * Needs the APIs compute, dns and networkconnectivity; for a single region also servicedirectory.
 *
 * @throws pulumi.ResourceError naming every bad setting; see {@link checkPrivatePath}.
 * @see https://docs.cloud.google.com/vpc/docs/access-regional-google-apis-endpoints
 */
export class PrivatePath extends pulumi.ComponentResource {
  readonly host: string;
  /** What corporate DNS answers with for the host. Plain with a created network. */
  readonly address: pulumi.Input<string>;
  /** `projects/P/global/networks/N`, plain. */
  readonly network: string;
  readonly routing: PrivateRouting;
  /** What the company's own network does, a sentence each. */
  readonly remainingSteps: readonly string[];
  /** What stands when the path does. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: PrivatePathArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:PrivatePath", name, {}, opts);
    rejectBadInputs(this, name, checkPrivatePath(args));
    const { route, reach } = args;
    const { projectId } = route.project;
    const label = vertexLabel(args.organization, args.geography, route.name);
    const baseName = fitted(`cowork-${label}`, maxBaseLength);
    this.host = vertexHost(route.location) ?? "";

    const plan = addressPlan(args);
    const created =
      plan &&
      new PrivateNetwork(
        name,
        {
          projectId,
          region: route.dataRegion,
          baseName,
          logBucketName: args.logBucketName,
          ...plan,
        },
        { parent: this },
      );
    const existing = reach.network.kind === "existing" ? reach.network : undefined;
    this.network = created?.network ?? existing?.network ?? "";
    const subnetwork = created?.subnetwork ?? existing?.subnetwork ?? "";
    const inside = { parent: this, dependsOn: [...(created?.ready ?? [])] };

    const placed = { projectId, region: route.dataRegion, baseName, network: this.network };
    const { address, reservation, endpoint } =
      plan && endpointKind(route.location) === "bundle"
        ? bundleEndpoint(name, { ...placed, address: plan.endpoint, label }, inside)
        : regionalEndpoint(
            name,
            { ...placed, subnetwork, address: plan?.endpoint, host: this.host },
            inside,
          );
    this.address = address;
    const named = { projectId, baseName, network: this.network };
    const record = privateZone(name, { ...named, host: this.host, address }, inside);
    // The entry point takes any free address, so ours is reserved first.
    if (created) dnsEntryPoint(name, named, { parent: this, dependsOn: [reservation] });

    this.routing = {
      toGoogle: pulumi.output(address).apply((text) => `${text}/32`),
      toLaptops: reach.network.clientCidrs,
    };
    this.remainingSteps = privatePathSteps(route, reach.network, this.host);
    this.ready = [endpoint, record];
    this.registerOutputs({ host: this.host, address, network: this.network });
  }
}

/** Nothing for an existing network: Google chooses the address there. */
function addressPlan({ route, reach }: PrivatePathArgs): AddressPlan | undefined {
  if (reach.network.kind === "existing") return undefined;
  const kind = endpointKind(route.location);
  const parsed = parseBlock(reach.network.cidr);
  return kind && "block" in parsed ? planAddresses(kind, parsed.block) : undefined;
}
