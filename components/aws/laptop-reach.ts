import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** How laptops outside the VPC reach the endpoints. */
export type LaptopReach =
  /** By the endpoint's own DNS name, which resolves everywhere to private addresses. */
  | { readonly kind: "vpce-name" }
  /** By the normal names: the company's DNS forwards them to addresses in the VPC. */
  | { readonly kind: "resolver" }
  /** Laptops already use the VPC's own resolver (Client VPN): nothing is added. */
  | { readonly kind: "routed" };

/** Security group that lets the given blocks in on the given ports, and nothing out. */
export function ingressOnly(
  name: string,
  args: {
    readonly region: string;
    readonly vpcId: pulumi.Input<string>;
    readonly description: string;
    readonly clientCidrs: readonly string[];
    readonly ports: readonly { readonly protocol: "tcp" | "udp"; readonly port: number }[];
  },
  opts: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  return new aws.ec2.SecurityGroup(
    name,
    {
      region: args.region,
      vpcId: args.vpcId,
      description: args.description,
      ingress: args.ports.map(({ protocol, port }) => ({
        protocol,
        fromPort: port,
        toPort: port,
        cidrBlocks: args.clientCidrs.toSorted(),
        description: `${protocol} ${port} from laptops`,
      })),
      // Written out: AWS adds "all traffic out" to a group that says nothing.
      egress: [],
    },
    opts,
  );
}

/** Inbound resolver endpoint on fixed addresses, one a subnet, for the company's DNS to forward to. */
export function inboundResolver(
  name: string,
  args: {
    readonly region: string;
    readonly vpcId: pulumi.Input<string>;
    readonly clientCidrs: readonly string[];
    readonly subnetIds: readonly pulumi.Input<string>[];
    readonly addresses: readonly string[];
  },
  opts: pulumi.CustomResourceOptions,
): aws.route53.ResolverEndpoint {
  const group = ingressOnly(
    `${name}-resolver`,
    {
      ...args,
      description: "DNS questions from laptops and the company's DNS",
      ports: [
        { protocol: "tcp", port: 53 },
        { protocol: "udp", port: 53 },
      ],
    },
    opts,
  );
  return new aws.route53.ResolverEndpoint(
    `${name}-resolver`,
    {
      region: args.region,
      direction: "INBOUND",
      resolverEndpointType: "IPV4",
      protocols: ["Do53"],
      securityGroupIds: [group.id],
      ipAddresses: args.addresses.map((ip, i) => ({ ip, subnetId: args.subnetIds[i] ?? "" })),
    },
    opts,
  );
}
