import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import { closeBucket } from "./closed-bucket.ts";
import { logBucketPolicy } from "./log-bucket-policy.ts";
import { routeNames } from "./names.ts";
import { checkRouteStore, type RouteStoreArgs } from "./route-store.ts";

/** Write-once protection of log objects. */
export interface ObjectLock {
  /** `COMPLIANCE`: nobody can shorten it, the account's root included. `GOVERNANCE`: a privileged role can. */
  readonly mode: "COMPLIANCE" | "GOVERNANCE";
  /** Days each object stays locked; at most the retention. */
  readonly days: number;
}

/** Arguments of {@link LogBucket}. */
export interface LogBucketArgs extends RouteStoreArgs {
  /** Optional. Default: no lock. Can be set only when the bucket is created. */
  readonly objectLock?: ObjectLock | undefined;
}

/**
 * Bucket for invocation logs and trail files: the most sensitive store of a route.
 *
 * Creates: the bucket and, around it, versioning, encryption with a bucket key, closed public
 * access, enforced ownership (no ACLs), expiry, a policy, and the optional lock. No replication.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 */
export class LogBucket extends pulumi.ComponentResource {
  /** Plain name, known in any preview. */
  readonly bucketName: string;
  /** Resolves once the bucket accepts log delivery. */
  readonly ready: pulumi.Output<string>;

  constructor(name: string, args: LogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:LogBucket", name, {}, opts);
    rejectBadInputs(this, name, checkLogBucket(args));
    const { place, retentionDays, objectLock } = args;
    const { region } = place;
    this.bucketName = routeNames(args.label, place).bucketName;

    const inside = { parent: this };
    const bucket = new aws.s3.Bucket(
      name,
      { region, bucket: this.bucketName, objectLockEnabled: objectLock !== undefined },
      inside,
    );
    const placed = { region, bucket: bucket.bucket };
    const closed = closeBucket(
      name,
      placed,
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: "aws:kms",
          kmsMasterKeyId: args.kmsKeyArn,
        },
        bucketKeyEnabled: true,
      },
      inside,
    );
    // S3 wants versioning settled before rules that speak of old versions.
    const afterVersioning = { parent: this, dependsOn: [closed.versioning] };
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        ...placed,
        rules: [
          {
            id: "expire",
            status: "Enabled",
            filter: { prefix: "" },
            expiration: { days: retentionDays },
            noncurrentVersionExpiration: { noncurrentDays: 1 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      afterVersioning,
    );
    if (objectLock) {
      new aws.s3.BucketObjectLockConfiguration(
        name,
        {
          ...placed,
          rule: { defaultRetention: { mode: objectLock.mode, days: objectLock.days } },
        },
        afterVersioning,
      );
    }
    // Nothing may be delivered before it would be encrypted with our key.
    const policy = new aws.s3.BucketPolicy(
      name,
      { ...placed, policy: logBucketPolicy(place, args.label) },
      { parent: this, dependsOn: [closed.publicAccess, closed.encryption] },
    );

    this.ready = policy.id.apply(() => this.bucketName);
    this.registerOutputs({ bucketName: this.bucketName });
  }
}

function checkLogBucket(args: LogBucketArgs): Problem[] {
  const { retentionDays, objectLock } = args;
  const problems = checkRouteStore(args);
  if (objectLock) {
    const { mode, days } = objectLock;
    if (mode !== "COMPLIANCE" && mode !== "GOVERNANCE") {
      const reason = `"${String(mode)}"; use COMPLIANCE or GOVERNANCE`;
      problems.push({ path: "objectLock.mode", reason });
    }
    if (!Number.isInteger(days) || days < 1 || days > retentionDays) {
      const reason = `${days} days; need a whole number from 1 to the retention of ${retentionDays}`;
      problems.push({ path: "objectLock.days", reason });
    }
  }
  return problems;
}
