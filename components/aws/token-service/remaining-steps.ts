import type { AwsTokenServiceArgs } from "./args.ts";
import type { ServicePlan } from "./plan.ts";
import { deviceOriginOf } from "./ports.ts";

/** What only people of the company can do, each a sentence. */
export function remainingSteps(args: AwsTokenServiceArgs, { place }: ServicePlan): string[] {
  const { network, host } = args;
  const from = args.clientCidrs.join(", ");
  const to = args.egressCidrs.join(", ");
  return [
    `Have the company's DNS answer ${host} with an alias of the load balancer's name.`,
    ...(network.kind === "create"
      ? [
          `Connect the VPC ${network.cidr} in ${place.region} with the company's network, and enter the ways to ${[from, to].filter((cidrs) => cidrs !== "").join(" and ")} into its route table.`,
        ]
      : []),
    ...(network.kind === "existing" && (network.endpointsExist ?? []).length > 0
      ? [
          `Let the token service in at the endpoints it shares (${network.endpointsExist?.join(", ")}): their policies and security groups, as docs/token-service-aws.md says.`,
        ]
      : []),
    ...(args.deviceAuthorities === undefined
      ? []
      : [
          `Let laptops with a device certificate ask ${deviceOriginOf(host)}; port 443 takes tokens only.`,
        ]),
  ];
}
