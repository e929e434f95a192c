import { arnParts } from "../../residency/arn.ts";
import { carriesGrants, grantsOf, type Placed } from "../documents.ts";
import {
  covered,
  hasWildcard,
  indirectInvokeActions,
  invokeActions,
  soundsLikeInvocation,
} from "../iam-actions.ts";
import { defineRule, type Finding, fail, undecidable } from "../rule.ts";

/** A grant to call a model names the action, the region and the model, each in full. */
export const invokeGrantsAreExact = defineRule({
  name: "invoke-grants-are-exact",
  description:
    "Grants to call a model name the action, the region and the model, without wildcards.",
  remediation:
    "List bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream, and the exact ARN of each profile and of each destination's model.",
  scope: "resource",
  appliesTo: carriesGrants,
  judge(resource) {
    const { placed, findings } = grantsOf(resource);
    return [...findings, ...placed.flatMap(judgeStatement)];
  },
});

function judgeStatement({ path, statement }: Placed): readonly Finding[] {
  if (statement.effect === "Deny") return [];
  const at = `\`${path}\` ${statement.label}`;
  if (statement.notActions.length > 0) return [fail(`${at} allows by NotAction`)];
  if (statement.notResources.length > 0) return [fail(`${at} allows by NotResource`)];

  const found: Finding[] = [];
  for (const action of statement.actions) {
    const [direct] = covered(action, invokeActions);
    const [indirect] = covered(action, indirectInvokeActions);
    const reached = direct ?? indirect;
    if (action.includes("${")) {
      found.push(undecidable(`${at}: action "${action}" holds a policy variable`));
    } else if (reached === undefined) {
      if (soundsLikeInvocation(action)) {
        found.push(undecidable(`${at}: ${action} may call a model; no list of the pack names it`));
      }
    } else if (hasWildcard(action)) {
      found.push(fail(`${at}: action "${action}" is a pattern that covers ${reached}`));
    } else if (indirect !== undefined) {
      found.push(undecidable(`${at}: ${indirect} calls a model the grant does not name`));
    }
  }
  const invokes = statement.actions.some((action) => covered(action, invokeActions).length > 0);
  if (!invokes) return found;
  if (statement.resources.length === 0) {
    return [...found, undecidable(`${at} grants invocation but names no Resource`)];
  }
  return [...found, ...statement.resources.flatMap((resource) => judgeResource(at, resource))];
}

function judgeResource(at: string, resource: string): readonly Finding[] {
  if (hasWildcard(resource)) {
    return [fail(`${at} grants invocation on the pattern "${resource}"`)];
  }
  const arn = arnParts(resource);
  if (arn === undefined) {
    return [undecidable(`${at} grants invocation on "${resource}", which is not an ARN`)];
  }
  return arn.region === ""
    ? [fail(`${at} grants invocation on "${resource}", which names no region: the global form`)]
    : [];
}
