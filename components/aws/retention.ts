import type { Problem } from "../../residency/problem.ts";

/**
 * Retentions CloudWatch Logs accepts, in days.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const logRetentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** One retention serves log groups and the bucket, so it must be one CloudWatch Logs accepts. */
export function checkRetention(path: string, days: number): Problem[] {
  if (logRetentionDays.includes(days)) return [];
  return [
    { path, reason: `${days} days; CloudWatch Logs keeps one of ${logRetentionDays.join(", ")}` },
  ];
}
