/**
 * Log entries that record calls to Claude in a project, and nothing else: Data Access entries of Agent
 * Platform about a model of Anthropic's, whatever the method.
 *
 * Not narrowed by method: Google's list names `PredictionService.Predict` and `RawPredict` but not
 * `StreamRawPredict`, which is what Claude Desktop calls, nor token counting. A list of methods would lose
 * what it does not name; the resource names the model in any case. Both comparisons are read by Logging as
 * "equals" (`=`) and "contains" (`:`), neither minds letter case.
 *
 * @see https://docs.cloud.google.com/gemini-enterprise-agent-platform/machine-learning/general/audit-logging (2026-08)
 * @see https://docs.cloud.google.com/logging/docs/view/logging-query-language (read 2026-11-21)
 */
export const claudeCallFilter = [
  'log_id("cloudaudit.googleapis.com/data_access")',
  'protoPayload.serviceName="aiplatform.googleapis.com"',
  'protoPayload.resourceName:"/publishers/anthropic/models/"',
].join(" AND ");
