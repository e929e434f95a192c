import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** A log group under the route's key. Used by the components that own one. */
export function encryptedLogGroup(
  name: string,
  args: {
    readonly region: string;
    readonly logGroupName: string;
    readonly retentionDays: number;
    readonly kmsKeyArn: pulumi.Input<string>;
  },
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    name,
    {
      region: args.region,
      name: args.logGroupName,
      retentionInDays: args.retentionDays,
      kmsKeyId: args.kmsKeyArn,
    },
    opts,
  );
}
