import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { EdgeBucket } from "./edge-bucket.ts";
import type { ServicePlan } from "./plan.ts";

/**
 * The service's configuration in the edge bucket, where ECS reads it at the start of every task. It names what AWS
 * chooses, so in the task definition itself no preview could see an image beside it.
 *
 * It holds no secret, but whom the service trusts: who may write here may change that for the next task.
 */
export function configurationObject(
  name: string,
  { place, names }: ServicePlan,
  args: {
    readonly bucket: EdgeBucket;
    readonly key: string;
    readonly content: pulumi.Input<string>;
  },
  opts: pulumi.CustomResourceOptions,
): aws.s3.BucketObjectv2 {
  return new aws.s3.BucketObjectv2(
    name,
    {
      region: place.region,
      // Plain, so that a preview sees which bucket of the stack it is in.
      bucket: names.bucketName,
      key: args.key,
      content: args.content,
      contentType: "text/plain; charset=utf-8",
      serverSideEncryption: "AES256",
    },
    // A new configuration is a new object, and tasks of the earlier one may be started again.
    { ...opts, retainOnDelete: true, dependsOn: [...args.bucket.writable] },
  );
}
