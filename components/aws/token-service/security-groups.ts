import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { storePort } from "./ports.ts";

export { deviceCertificatePort } from "./ports.ts";

export interface ServiceGroups {
  readonly loadBalancer: aws.ec2.SecurityGroup;
  readonly tasks: aws.ec2.SecurityGroup;
  readonly endpoints: aws.ec2.SecurityGroup;
  /** Absent for a store of the company's own. */
  readonly store: aws.ec2.SecurityGroup | undefined;
  /** Every rule: nothing works before they exist. */
  readonly rules: readonly pulumi.Resource[];
}

export interface ServiceGroupsArgs {
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  readonly clientCidrs: readonly string[];
  readonly listenerPorts: readonly number[];
  /** Port the tasks listen on. */
  readonly taskPort: number;
  /** Blocks the tasks may open HTTPS connections to. */
  readonly httpsCidrs: readonly string[];
  /** Where the company's own store answers; absent when one is created. */
  readonly storeAt?: { readonly cidrs: readonly string[]; readonly port: number } | undefined;
}

type Peer =
  | { readonly cidrIpv4: string }
  | { readonly referencedSecurityGroupId: pulumi.Input<string> }
  | { readonly prefixListId: pulumi.Input<string> };

/**
 * Who may open a connection to whom, and nothing else: laptops -> load balancer -> tasks -> store, endpoints,
 * and the named blocks. Rules are resources of their own because the groups name one another; the groups say
 * nothing of rules, and the provider takes away the "all traffic out" that AWS adds to such a group.
 */
export function serviceGroups(
  name: string,
  args: ServiceGroupsArgs,
  opts: pulumi.CustomResourceOptions,
): ServiceGroups {
  const { region, vpcId, taskPort } = args;
  const rules: pulumi.Resource[] = [];
  const group = (role: string, description: string) =>
    new aws.ec2.SecurityGroup(`${name}-${role}`, { region, vpcId, description }, opts);
  const loadBalancer = group("load-balancer", "Laptops to the token service");
  const tasks = group("tasks", "Tasks of the token service");
  const endpoints = group("endpoints", "AWS endpoints of the token service");
  const store =
    args.storeAt === undefined ? group("store", "Store of the token service") : undefined;

  const incoming = (rule: string, to: aws.ec2.SecurityGroup, port: number, peer: Peer) =>
    rules.push(
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${rule}`,
        { region, securityGroupId: to.id, ...onPort(port), ...peer },
        opts,
      ),
    );
  const outgoing = (rule: string, from: aws.ec2.SecurityGroup, port: number, peer: Peer) =>
    rules.push(outgoingRule(`${name}-${rule}`, { region, from, port, peer }, opts));
  const toGroup = ({ id }: aws.ec2.SecurityGroup) => ({ referencedSecurityGroupId: id });

  for (const port of args.listenerPorts) {
    for (const cidrIpv4 of args.clientCidrs.toSorted()) {
      incoming(`from-${cidrIpv4}-${port}`, loadBalancer, port, { cidrIpv4 });
    }
  }
  outgoing("to-tasks", loadBalancer, taskPort, toGroup(tasks));
  incoming("from-load-balancer", tasks, taskPort, toGroup(loadBalancer));
  outgoing("to-endpoints", tasks, 443, toGroup(endpoints));
  incoming("endpoints-from-tasks", endpoints, 443, toGroup(tasks));
  for (const cidrIpv4 of args.httpsCidrs.toSorted()) {
    outgoing(`to-${cidrIpv4}`, tasks, 443, { cidrIpv4 });
  }
  if (store !== undefined) {
    outgoing("to-store", tasks, storePort, toGroup(store));
    incoming("store-from-tasks", store, storePort, toGroup(tasks));
  }
  for (const cidrIpv4 of args.storeAt?.cidrs.toSorted() ?? []) {
    outgoing(`to-store-${cidrIpv4}`, tasks, args.storeAt?.port ?? storePort, { cidrIpv4 });
  }
  return { loadBalancer, tasks, endpoints, store, rules };
}

/** One way out of a group. */
export function outgoingRule(
  name: string,
  args: {
    readonly region: string;
    readonly from: aws.ec2.SecurityGroup;
    readonly port: number;
    readonly peer: Peer;
  },
  opts: pulumi.CustomResourceOptions,
): aws.vpc.SecurityGroupEgressRule {
  const { region, from, port, peer } = args;
  return new aws.vpc.SecurityGroupEgressRule(
    name,
    { region, securityGroupId: from.id, ...onPort(port), ...peer },
    opts,
  );
}

function onPort(port: number) {
  return { ipProtocol: "tcp", fromPort: port, toPort: port };
}
