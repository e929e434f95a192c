import { overTlsOnly } from "./bucket-tls.ts";
import { routeNames } from "./names.ts";
import { type AwsPlace, arnAt, bucketArn, servicePrincipal } from "./place.ts";
import { policyText } from "./policy-text.ts";
import { fromBedrockOf } from "./residency-key.ts";

/** Prefix of invocation logs in the bucket. */
export const invocationPrefix = "bedrock";
/** Prefix of trail files in the bucket. */
export const trailPrefix = "trail";

/**
 * Who may write into the log bucket: Bedrock and the route's own trail, of this account. Whoever
 * reads needs a grant by the account; nobody gets in without TLS 1.2.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function logBucketPolicy(place: AwsPlace, label: string): string {
  const { bucketName, trailName } = routeNames(label, place);
  const everything = [bucketArn(place, bucketName), bucketArn(place, `${bucketName}/*`)];
  const logsOf = (prefix: string, rest: string) =>
    bucketArn(place, `${bucketName}/${prefix}/AWSLogs/${place.accountId}/${rest}`);
  const trail = { "aws:SourceArn": arnAt(place, "cloudtrail", `trail/${trailName}`) };
  return policyText([
    ...overTlsOnly(everything),
    {
      Sid: "BedrockDeliversInvocationLogs",
      Effect: "Allow",
      Principal: { Service: servicePrincipal("bedrock") },
      Action: "s3:PutObject",
      Resource: logsOf(invocationPrefix, "BedrockModelInvocationLogs/*"),
      Condition: fromBedrockOf(place),
    },
    {
      Sid: "TrailChecksTheBucket",
      Effect: "Allow",
      Principal: { Service: servicePrincipal("cloudtrail") },
      Action: "s3:GetBucketAcl",
      Resource: bucketArn(place, bucketName),
      Condition: { StringEquals: trail },
    },
    {
      Sid: "TrailDeliversItsFiles",
      Effect: "Allow",
      Principal: { Service: servicePrincipal("cloudtrail") },
      Action: "s3:PutObject",
      Resource: logsOf(trailPrefix, "*"),
      Condition: { StringEquals: { ...trail, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ]);
}
