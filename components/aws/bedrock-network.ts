import * as pulumi from "@pulumi/pulumi";
import { addressAt, type Block, parseBlock, split } from "../shared/cidr.ts";
import { rejectBadInputs } from "../shared/input-check.ts";
import {
  type EndpointService,
  hostName,
  interfaceEndpoints,
  regionalName,
  wantedServices,
} from "./interface-endpoints.ts";
import { inboundResolver, ingressOnly } from "./laptop-reach.ts";
import type { BedrockNetworkArgs, NetworkSource } from "./network-args.ts";
import { checkBedrockNetwork } from "./network-checks.ts";
import { PrivateVpc } from "./vpc.ts";

/**
 * The private way from laptops to Bedrock in one region.
 *
 * Creates: a VPC without a way out (or uses one), interface endpoints with private DNS and their
 * own policies, a security group that lets the given blocks in on 443 and nothing out, and, for
 * reach `resolver`, an inbound DNS endpoint.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html
 */
export class BedrockNetwork extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<string[]>;
  /** Private route table of a created VPC, where routes to the company's network belong. */
  readonly routeTableId: pulumi.Output<string> | undefined;
  /** Endpoint ids by service, for `aws:SourceVpce` conditions. */
  readonly endpointIds: Readonly<Partial<Record<EndpointService, pulumi.Output<string>>>>;
  /** Origin for `inferenceBedrockBaseUrl`; `undefined` when the public name is right. */
  readonly baseUrl: pulumi.Output<string> | undefined;
  /** Origin where a device certificate is exchanged; `undefined` when the public name is right, or none is. */
  readonly certificateExchangeUrl: pulumi.Output<string> | undefined;
  /** Addresses the company's DNS forwards to. Plain; empty unless reach is `resolver`. */
  readonly resolverAddresses: readonly string[];
  /** Names that private DNS answers with private addresses; what the company's DNS forwards. */
  readonly hostNames: readonly string[];

  constructor(name: string, args: BedrockNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:BedrockNetwork", name, {}, opts);
    rejectBadInputs(this, name, checkBedrockNetwork(args));
    const { place, source, clientCidrs, reach, fips = false } = args;
    const { region } = place;
    const inside = { parent: this };

    const blocks = subnetBlocks(source);
    const vpc =
      source.kind === "create"
        ? new PrivateVpc(
            name,
            {
              ...args,
              cidr: source.cidr,
              subnets: blocks,
              availabilityZones: source.availabilityZones,
            },
            inside,
          )
        : undefined;
    this.vpcId = vpc ? vpc.vpcId : pulumi.output(source.kind === "existing" ? source.vpcId : "");
    const subnetIds: readonly pulumi.Input<string>[] =
      vpc?.subnetIds ?? (source.kind === "existing" ? source.subnetIds : []);
    this.subnetIds = pulumi.output([...subnetIds]);
    this.routeTableId = vpc?.routeTableId;

    const group = ingressOnly(
      `${name}-endpoints`,
      {
        region,
        vpcId: this.vpcId,
        description: "HTTPS from laptops to AWS endpoints",
        clientCidrs,
        ports: [{ protocol: "tcp", port: 443 }],
      },
      inside,
    );
    const placed = { region, vpcId: this.vpcId, subnetIds };
    const endpoints = interfaceEndpoints(
      name,
      { ...args, ...placed, securityGroupId: group.id, policies: args.endpointPolicies },
      inside,
    );
    this.endpointIds = Object.fromEntries([...endpoints].map(([service, e]) => [service, e.id]));
    this.hostNames = wantedServices(args).map((service) => hostName(service, region, fips));

    this.resolverAddresses = reach.kind === "resolver" ? resolverAddresses(source, blocks) : [];
    if (reach.kind === "resolver") {
      inboundResolver(name, { ...placed, clientCidrs, addresses: this.resolverAddresses }, inside);
    }
    const originOf = (service: EndpointService) => {
      const endpoint = endpoints.get(service);
      if (endpoint === undefined) return undefined;
      if (reach.kind === "vpce-name") {
        return endpoint.dnsEntries.apply((entries) => `https://${regionalName(entries)}`);
      }
      // The client would otherwise use the ordinary name, which has no endpoint here.
      return fips ? pulumi.output(`https://${hostName(service, region, true)}`) : undefined;
    };
    this.baseUrl = originOf("bedrock-runtime");
    this.certificateExchangeUrl = originOf("rolesanywhere");
    this.registerOutputs({ vpcId: this.vpcId, baseUrl: this.baseUrl });
  }
}

/** Subnets of a VPC to create; none for an existing one. */
function subnetBlocks(source: NetworkSource): readonly Block[] {
  if (source.kind === "existing") return [];
  const parsed = parseBlock(source.cidr);
  return ("block" in parsed && split(parsed.block, source.zoneCount ?? 2)) || [];
}

/**
 * One fixed address a subnet, so that they are known before anything exists. The eleventh: AWS
 * hands addresses to endpoints at random, and keeps the first four.
 */
function resolverAddresses(source: NetworkSource, blocks: readonly Block[]): readonly string[] {
  return source.kind === "existing"
    ? (source.resolverAddresses ?? [])
    : blocks.map((block) => addressAt(block, 10));
}
