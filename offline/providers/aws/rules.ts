import type { Rule as SharedRule } from "../shared/rules.ts";

/** One thing an AWS service refuses: a rule of every cloud, or the format of an ARN. */
export type Rule = SharedRule | { readonly rule: "arn"; readonly at: string };

/** The rule in the words every cloud shares. */
export function sharedRule(rule: Rule): SharedRule {
  return rule.rule === "arn"
    ? {
        rule: "matches",
        at: rule.at,
        pattern: /^arn:aws[\w-]*:[\w-]+:[\w-]*:(\d{12}|aws)?:.+$/,
        wanted: "an ARN",
      }
    : rule;
}
