import type * as shared from "../shared/resource-type.ts";
import type { Rule } from "./rules.ts";

/**
 * What one AWS resource type does beyond what the SDK's type definitions say.
 *
 * Facts its templates may name: `{account}`, `{region}`, `{partition}` and what `facts.ts` adds.
 */
export type ResourceType = shared.ResourceType<Rule>;
