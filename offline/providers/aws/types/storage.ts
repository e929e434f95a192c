import type { ResourceType } from "../resource-type.ts";
import type { Rule } from "../rules.ts";

const bucketName: Rule = {
  rule: "matches",
  at: "bucket",
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  pattern: /^(?!xn--)(?!sthree-)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  wanted: "a bucket name: 3 to 63 lower-case letters, digits, dots and hyphens",
};

const bucketPart: ResourceType = { id: "{bucket}", replaceOn: ["bucket"] };

const keyRules: readonly Rule[] = [
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
  { rule: "range", at: "deletionWindowInDays", min: 7, max: 30 },
];

/** S3, KMS and SNS. Source: the Terraform AWS provider's schemas and validators. */
export const storageTypes: Readonly<Record<string, ResourceType>> = {
  "s3/Bucket": {
    id: "{bucket}",
    replaceOn: ["bucket", "bucketPrefix", "objectLockEnabled"],
    autoName: { input: "bucket", maxLength: 63, lowerCase: true },
    defaults: { forceDestroy: false },
    computed: {
      arn: "arn:{partition}:s3:::{bucket}",
      bucketDomainName: "{bucket}.s3.amazonaws.com",
      bucketRegion: "{region}",
      bucketRegionalDomainName: "{bucket}.s3.{region}.amazonaws.com",
      bucketNamespace: "global",
      hostedZoneId: "Z{upper:13}",
      requestPayer: "BucketOwner",
    },
    rules: [bucketName],
  },
  "s3/BucketPolicy": bucketPart,
  "s3/BucketPublicAccessBlock": {
    ...bucketPart,
    defaults: {
      blockPublicAcls: false,
      blockPublicPolicy: false,
      ignorePublicAcls: false,
      restrictPublicBuckets: false,
    },
  },
  "s3/BucketVersioning": {
    id: "{bucket}",
    replaceOn: ["bucket", "expectedBucketOwner"],
    rules: [
      {
        rule: "oneOf",
        at: "versioningConfiguration.status",
        values: ["Enabled", "Suspended", "Disabled"],
      },
    ],
  },
  "s3/BucketServerSideEncryptionConfiguration": {
    id: "{bucket}",
    replaceOn: ["bucket", "expectedBucketOwner"],
    rules: [
      {
        rule: "oneOf",
        at: "rules.applyServerSideEncryptionByDefault.sseAlgorithm",
        values: ["AES256", "aws:kms", "aws:kms:dsse"],
      },
    ],
  },
  "s3/BucketOwnershipControls": {
    ...bucketPart,
    rules: [
      {
        rule: "oneOf",
        at: "rule.objectOwnership",
        values: ["BucketOwnerPreferred", "BucketOwnerEnforced", "ObjectWriter"],
      },
    ],
  },
  "s3/BucketLifecycleConfiguration": {
    id: "{bucket}",
    replaceOn: ["bucket", "expectedBucketOwner"],
    computed: { transitionDefaultMinimumObjectSize: "all_storage_classes_128K" },
    rules: [
      { rule: "oneOf", at: "rules.status", values: ["Enabled", "Disabled"] },
      { rule: "range", at: "rules.expiration.days", min: 1, max: 2_147_483_647 },
    ],
  },
  "s3/BucketObjectLockConfiguration": {
    id: "{bucket}",
    replaceOn: ["bucket", "expectedBucketOwner", "objectLockEnabled"],
    defaults: { objectLockEnabled: "Enabled" },
    rules: [
      {
        rule: "oneOf",
        at: "rule.defaultRetention.mode",
        values: ["GOVERNANCE", "COMPLIANCE"],
      },
    ],
  },
  "s3/BucketObjectv2": {
    id: "{bucket}/{key}",
    replaceOn: ["bucket", "key"],
    // The provider asks for a key; the SDK calls it optional and names the object after the resource.
    autoName: { input: "key", maxLength: 1024, suffix: false },
    defaults: { forceDestroy: false },
    computed: {
      arn: "arn:{partition}:s3:::{bucket}/{key}",
      etag: "{hex:32}",
      serverSideEncryption: "AES256",
      storageClass: "STANDARD",
      versionId: "{hex:32}",
    },
    rules: [
      { rule: "atMostOne", of: ["content", "contentBase64", "source"] },
      {
        rule: "oneOf",
        at: "serverSideEncryption",
        values: ["AES256", "aws:kms", "aws:kms:dsse", "aws:fsx"],
      },
    ],
  },
  "s3/BucketReplicationConfig": {
    ...bucketPart,
    rules: [
      { rule: "arn", at: "role" },
      { rule: "arn", at: "rules.destination.bucket" },
      { rule: "oneOf", at: "rules.status", values: ["Enabled", "Disabled"] },
    ],
  },
  "s3/BucketLogging": { id: "{bucket}", replaceOn: ["bucket", "expectedBucketOwner"] },
  "kms/Key": {
    id: "{uuid}",
    replaceOn: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
    json: ["policy"],
    defaults: {
      bypassPolicyLockoutSafetyCheck: false,
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      isEnabled: true,
      keyUsage: "ENCRYPT_DECRYPT",
    },
    computed: {
      arn: "arn:{partition}:kms:{region}:{account}:key/{id}",
      keyId: "{id}",
      policy:
        '{"Version":"2012-10-17","Statement":[{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:{partition}:iam::{account}:root"},"Action":"kms:*","Resource":"*"}]}',
      rotationPeriodInDays: 365,
    },
    rules: [
      ...keyRules,
      // https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html
      { rule: "range", at: "rotationPeriodInDays", min: 90, max: 2560 },
      {
        rule: "oneOf",
        at: "keyUsage",
        values: ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"],
      },
    ],
  },
  "kms/ReplicaKey": {
    id: "{lastOfPrimaryKeyArn}",
    replaceOn: ["primaryKeyArn"],
    json: ["policy"],
    defaults: { bypassPolicyLockoutSafetyCheck: false, enabled: true },
    computed: {
      arn: "arn:{partition}:kms:{region}:{account}:key/{id}",
      keyId: "{id}",
      keySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "ENCRYPT_DECRYPT",
    },
    rules: [...keyRules, { rule: "arn", at: "primaryKeyArn" }],
  },
  "kms/Alias": {
    id: "{name}",
    replaceOn: ["name", "namePrefix"],
    autoName: { input: "name", maxLength: 256, prefix: "alias/" },
    computed: {
      arn: "arn:{partition}:kms:{region}:{account}:{name}",
      targetKeyArn: "arn:{partition}:kms:{region}:{account}:key/{lastOfTargetKeyId}",
    },
    rules: [
      {
        rule: "matches",
        at: "name",
        pattern: /^alias\/(?!aws\/)[\w/-]{1,250}$/,
        wanted: "an alias name: alias/ and letters, digits, /, _ or -, and not alias/aws/",
      },
    ],
  },
  "sns/Topic": {
    id: "arn:{partition}:sns:{region}:{account}:{name}",
    replaceOn: ["name", "namePrefix", "fifoTopic"],
    autoName: { input: "name", maxLength: 256 },
    json: ["policy", "deliveryPolicy"],
    computed: {
      arn: "{id}",
      owner: "{account}",
      signatureVersion: 1,
      tracingConfig: "PassThrough",
    },
    rules: [
      {
        rule: "matches",
        at: "name",
        pattern: /^[\w-]{1,251}(\.fifo)?$/,
        wanted: "a topic name: up to 256 letters, digits, _ or -",
      },
    ],
  },
  "sns/TopicPolicy": {
    id: "{arn}",
    replaceOn: ["arn"],
    computed: { owner: "{account}" },
    rules: [{ rule: "arn", at: "arn" }],
  },
};
