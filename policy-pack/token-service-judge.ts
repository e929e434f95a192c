import type { Finding, Resource, RuleContext } from "./rule.ts";

/** What one cloud adds to `token-services-are-private`: one file a cloud, `token-service-<cloud>.ts`. */
export interface TokenServiceJudge {
  appliesTo(type: string): boolean;
  judge(resource: Resource, context: RuleContext): readonly Finding[];
}
