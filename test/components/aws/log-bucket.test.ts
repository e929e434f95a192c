import { describe, expect, it } from "vitest";

import { LogBucket, type LogBucketArgs } from "../../../components/aws/log-bucket.ts";
import { logBucketPolicy } from "../../../components/aws/log-bucket-policy.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { inventoryOf, notIn, only } from "../../support/inventory.ts";
import { frankfurt, kmsKeyArn, label, usGov } from "./places.ts";

const build = (changes: Partial<LogBucketArgs> = {}) =>
  deploy(
    () =>
      new LogBucket("fra", { place: frankfurt, label, kmsKeyArn, retentionDays: 365, ...changes }),
  );

describe("LogBucket", () => {
  it("creates exactly this, all of it in the route's region, and copies nothing elsewhere", async () => {
    const { resources, result } = await build();
    expect(inventoryOf(resources).counts).toEqual({
      "aws:s3/bucket:Bucket": 1,
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 1,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 1,
      "aws:s3/bucketPolicy:BucketPolicy": 1,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 1,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 1,
      "aws:s3/bucketVersioning:BucketVersioning": 1,
      "cowork:aws:LogBucket": 1,
    });
    expect(notIn("eu-central-1", resources)).toEqual([]);
    expect(result.bucketName).toBe("cowork-example-eu-frankfurt-111122223333");
  });

  it("is closed, versioned, encrypted with the given key, and forgets after the retention", async () => {
    const { values } = inventoryOf((await build()).resources);
    const of = (type: string) => values[`aws:s3/${type}::fra`];
    const bucket = "cowork-example-eu-frankfurt-111122223333";

    expect(of("bucket:Bucket")).toEqual({
      region: "eu-central-1",
      bucket,
      objectLockEnabled: false,
    });
    expect(of("bucketPublicAccessBlock:BucketPublicAccessBlock")).toEqual({
      region: "eu-central-1",
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(of("bucketOwnershipControls:BucketOwnershipControls")).toMatchObject({
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    expect(of("bucketVersioning:BucketVersioning")).toMatchObject({
      versioningConfiguration: { status: "Enabled" },
    });
    expect(
      of("bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"),
    ).toMatchObject({
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: kmsKeyArn,
          },
          bucketKeyEnabled: true,
        },
      ],
    });
    expect(of("bucketLifecycleConfiguration:BucketLifecycleConfiguration")).toMatchObject({
      rules: [{ status: "Enabled", expiration: { days: 365 } }],
    });
  });

  it("locks objects only when asked", async () => {
    const lock = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
    const { resources } = await build({ objectLock: { mode: "COMPLIANCE", days: 90 } });
    expect(only(resources, lock)).toMatchObject({
      region: "eu-central-1",
      rule: { defaultRetention: { mode: "COMPLIANCE", days: 90 } },
    });
    expect(only(resources, "aws:s3/bucket:Bucket").objectLockEnabled).toBe(true);
  });

  it.each([0, 366, 1.5, Number.NaN, -1])("refuses a lock of %d days", async (days) => {
    expect(await refusal(build({ objectLock: { mode: "GOVERNANCE", days } }))).toBe(
      `fra: invalid arguments\n  objectLock.days: ${days} days; need a whole number from 1 to the retention of 365`,
    );
  });

  it("refuses a lock mode AWS does not have", async () => {
    const objectLock = { mode: "NONE", days: 1 } as unknown as NonNullable<
      LogBucketArgs["objectLock"]
    >;
    expect(await refusal(build({ objectLock }))).toBe(
      'fra: invalid arguments\n  objectLock.mode: "NONE"; use COMPLIANCE or GOVERNANCE',
    );
  });
});

describe("logBucketPolicy", () => {
  it("denies everybody without current TLS and lets in two writers of this account", () => {
    const bucket = "arn:aws:s3:::cowork-example-eu-frankfurt-111122223333";
    const trail = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/cowork-example-eu-frankfurt";
    expect(JSON.parse(logBucketPolicy(frankfurt, label)).Statement).toEqual([
      {
        Sid: "OnlyOverTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucket, `${bucket}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "OnlyCurrentTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucket, `${bucket}/*`],
        Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
      },
      {
        Sid: "BedrockDeliversInvocationLogs",
        Effect: "Allow",
        Principal: { Service: "bedrock.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${bucket}/bedrock/AWSLogs/111122223333/BedrockModelInvocationLogs/*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:bedrock:eu-central-1:111122223333:*" },
        },
      },
      {
        Sid: "TrailChecksTheBucket",
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:GetBucketAcl",
        Resource: bucket,
        Condition: { StringEquals: { "aws:SourceArn": trail } },
      },
      {
        Sid: "TrailDeliversItsFiles",
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${bucket}/trail/AWSLogs/111122223333/*`,
        Condition: {
          StringEquals: { "aws:SourceArn": trail, "s3:x-amz-acl": "bucket-owner-full-control" },
        },
      },
    ]);
  });

  it("takes the partition from the zone", () => {
    const place = { zone: usGov, accountId: "111122223333", region: "us-gov-west-1" };
    expect(logBucketPolicy(place, label)).not.toContain("arn:aws:");
  });
});
