import { type AwsPlace, arnAt, servicePrincipal } from "./place.ts";
import type { Statement } from "./policy-text.ts";

/**
 * Lets CloudWatch Logs of the place's region use a key, for exactly these groups: the encryption context names account,
 * region and group, so no other account's group fits.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logGroupsUseKey(
  place: AwsPlace,
  sid: string,
  groups: readonly string[],
): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Service: servicePrincipal(`logs.${place.region}`) },
    Action: [
      "kms:Encrypt",
      "kms:Decrypt",
      "kms:ReEncrypt*",
      "kms:GenerateDataKey*",
      "kms:DescribeKey",
    ],
    Resource: "*",
    Condition: {
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": groups.map((g) =>
          arnAt(place, "logs", `log-group:${g}`),
        ),
      },
    },
  };
}
