import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { overTlsOnly } from "../bucket-tls.ts";
import { closeBucket } from "../closed-bucket.ts";

import { bundleText } from "../iam/certificate-bundle.ts";
import { type AwsPlace, arnAt, bucketArn, servicePrincipal } from "../place.ts";
import { policyText } from "../policy-text.ts";
import type { ServicePlan } from "./plan.ts";

/** Prefixes in the bucket. */
export const accessPrefix = "access";
export const connectionPrefix = "connections";
const authoritiesKey = "authorities/devices.pem";

export interface EdgeBucket {
  readonly bucketName: string;
  /** What must exist before a load balancer may write here. */
  readonly ready: readonly pulumi.Resource[];
  /** The authorities' certificates, where devices are let in. */
  readonly authorities:
    | { readonly key: string; readonly version: pulumi.Output<string> }
    | undefined;
}

/**
 * Bucket of the load balancer: its logs, and the certificates of device authorities it reads. Load balancers write
 * under S3's own keys only, so it cannot be the route's log bucket, which is under a key of the company. What rests
 * here is who connected when and whose certificates are let in, never a token or a secret.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html (SSE-S3; looked up 2026-11-21)
 */
export function edgeBucket(
  name: string,
  { place, names }: ServicePlan,
  args: { readonly retentionDays: number; readonly deviceAuthorities: string | undefined },
  opts: { readonly parent: pulumi.Resource },
): EdgeBucket {
  const { region } = place;
  const bucket = new aws.s3.Bucket(name, { region, bucket: names.bucketName }, opts);
  const placed = { region, bucket: bucket.bucket };
  const { publicAccess, versioning, encryption } = closeBucket(
    name,
    placed,
    { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    opts,
  );
  const afterVersioning = { ...opts, dependsOn: [versioning] };
  new aws.s3.BucketLifecycleConfiguration(
    name,
    {
      ...placed,
      // Certificates stay: only what is written again every day expires.
      rules: [accessPrefix, connectionPrefix].map((prefix) => ({
        id: `expire-${prefix}`,
        status: "Enabled",
        filter: { prefix: `${prefix}/` },
        expiration: { days: args.retentionDays },
        noncurrentVersionExpiration: { noncurrentDays: 1 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      })),
    },
    afterVersioning,
  );
  const policy = new aws.s3.BucketPolicy(
    name,
    { ...placed, policy: edgeBucketPolicy(place, names.bucketName) },
    { ...opts, dependsOn: [publicAccess, encryption] },
  );
  const ready = [policy, encryption];
  if (args.deviceAuthorities === undefined) {
    return { bucketName: names.bucketName, ready, authorities: undefined };
  }
  const object = new aws.s3.BucketObjectv2(
    `${name}-authorities`,
    {
      ...placed,
      key: authoritiesKey,
      content: bundleText(args.deviceAuthorities),
      contentType: "application/x-pem-file",
      serverSideEncryption: "AES256",
    },
    // What is put here is seen by nobody else, and no version of it is lost.
    { ...opts, dependsOn: [publicAccess, encryption, versioning] },
  );
  const authorities = { key: authoritiesKey, version: object.versionId };
  return { bucketName: names.bucketName, ready, authorities };
}

/** Load balancers of this account write their logs; nobody gets in without TLS 1.2. */
export function edgeBucketPolicy(place: AwsPlace, bucketName: string): string {
  const everything = [bucketArn(place, bucketName), bucketArn(place, `${bucketName}/*`)];
  const logsOf = (prefix: string) =>
    bucketArn(place, `${bucketName}/${prefix}/AWSLogs/${place.accountId}/*`);
  return policyText([
    ...overTlsOnly(everything),
    {
      Sid: "LoadBalancerWritesItsLogs",
      Effect: "Allow",
      Principal: { Service: servicePrincipal("logdelivery.elasticloadbalancing") },
      Action: "s3:PutObject",
      Resource: [logsOf(accessPrefix), logsOf(connectionPrefix)],
      Condition: {
        StringEquals: { "aws:SourceAccount": place.accountId },
        ArnLike: { "aws:SourceArn": arnAt(place, "elasticloadbalancing", "loadbalancer/*") },
      },
    },
  ]);
}
