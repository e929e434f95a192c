import { z } from "zod";

const metadata = z.looseObject({
  op: z.string(),
  urn: z.string(),
  type: z.string(),
  new: z.looseObject({ outputs: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});

const ruleSummary = z.looseObject({
  policyPackName: z.string(),
  passed: z
    .array(z.string())
    .nullish()
    .transform((rules) => rules ?? []),
  failed: z
    .array(z.string())
    .nullish()
    .transform((rules) => rules ?? []),
});

/**
 * The parts of an engine event that are used. The SDK's type lacks the rule summaries and misnames `PolicyPacks`;
 * the engine's own definition is sdk/go/common/apitype/events.go.
 */
export const looseEvent = z.looseObject({
  diagnosticEvent: z
    .looseObject({ urn: z.string().optional(), message: z.string(), severity: z.string() })
    .optional(),
  policyEvent: z
    .looseObject({
      resourceUrn: z.string().optional(),
      message: z.string(),
      policyName: z.string(),
      policyPackName: z.string(),
      enforcementLevel: z.string(),
    })
    .optional(),
  policyAnalyzeSummaryEvent: ruleSummary.optional(),
  policyAnalyzeStackSummaryEvent: ruleSummary.optional(),
  resourcePreEvent: z.looseObject({ metadata }).optional(),
  resOutputsEvent: z.looseObject({ metadata }).optional(),
  summaryEvent: z
    .looseObject({
      resourceChanges: z
        .record(z.string(), z.number())
        .nullish()
        .transform((changes) => changes ?? {}),
      PolicyPacks: z.record(z.string(), z.string()).nullish(),
      result: z.string().optional(),
    })
    .optional(),
});

export type LooseEvent = z.infer<typeof looseEvent>;
