import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What keeps a bucket closed; whatever is put there waits for it. */
export interface Closed {
  readonly publicAccess: aws.s3.BucketPublicAccessBlock;
  readonly versioning: aws.s3.BucketVersioning;
  readonly encryption: aws.s3.BucketServerSideEncryptionConfiguration;
}

/** No public access, no access lists, every version kept, everything encrypted. */
export function closeBucket(
  name: string,
  placed: { readonly region: string; readonly bucket: pulumi.Input<string> },
  /** One rule of server-side encryption: under S3's own keys, or under a key of the company. */
  encryptedBy: pulumi.Input<aws.types.input.s3.BucketServerSideEncryptionConfigurationRule>,
  opts: { readonly parent: pulumi.Resource },
): Closed {
  const publicAccess = new aws.s3.BucketPublicAccessBlock(
    name,
    {
      ...placed,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    opts,
  );
  new aws.s3.BucketOwnershipControls(
    name,
    { ...placed, rule: { objectOwnership: "BucketOwnerEnforced" } },
    opts,
  );
  const versioning = new aws.s3.BucketVersioning(
    name,
    { ...placed, versioningConfiguration: { status: "Enabled" } },
    opts,
  );
  const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
    name,
    { ...placed, rules: [encryptedBy] },
    opts,
  );
  return { publicAccess, versioning, encryption };
}
