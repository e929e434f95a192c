import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { policyText } from "../policy-text.ts";
import type { ServiceEndpoint } from "./args.ts";
import { endpointStatements } from "./endpoint-policies.ts";
import type { ServicePlan } from "./plan.ts";

export interface ServiceEndpoints {
  readonly created: readonly aws.ec2.VpcEndpoint[];
  /** Of a created S3 endpoint. */
  readonly s3PrefixListId: pulumi.Output<string> | undefined;
}

/** The endpoints the tasks need and the VPC does not have, each with a policy that names what it is for. */
export function serviceEndpoints(
  name: string,
  plan: ServicePlan,
  args: {
    readonly vpcId: pulumi.Input<string>;
    readonly subnetIds: readonly pulumi.Input<string>[];
    readonly routeTableId: pulumi.Input<string> | undefined;
    readonly securityGroupId: pulumi.Input<string>;
    readonly existing: readonly ServiceEndpoint[];
  },
  opts: pulumi.CustomResourceOptions,
): ServiceEndpoints {
  const { region } = plan.place;
  const statements = endpointStatements(plan);
  const missing = plan.endpoints.filter((service) => !args.existing.includes(service));
  const byService = new Map(
    missing.map((service) => {
      const common = {
        region,
        vpcId: args.vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        policy: policyText(statements[service] ?? []),
      };
      const endpoint = new aws.ec2.VpcEndpoint(
        `${name}-${service}`,
        service === "s3"
          ? {
              ...common,
              // The interface kind costs money for what the gateway does for nothing.
              vpcEndpointType: "Gateway",
              ...(args.routeTableId === undefined ? {} : { routeTableIds: [args.routeTableId] }),
            }
          : {
              ...common,
              vpcEndpointType: "Interface",
              privateDnsEnabled: true,
              subnetIds: [...args.subnetIds],
              securityGroupIds: [args.securityGroupId],
            },
        opts,
      );
      return [service, endpoint] as const;
    }),
  );
  return { created: [...byService.values()], s3PrefixListId: byService.get("s3")?.prefixListId };
}
