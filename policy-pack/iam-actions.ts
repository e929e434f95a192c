/** Actions that hand a prompt to a model the resource names. Source: AWS service authorization reference, Amazon Bedrock. */
export const invokeActions = [
  "bedrock:InvokeModel",
  "bedrock:InvokeModelWithResponseStream",
  "bedrock:InvokeModelWithBidirectionalStream",
  "bedrock:InvokeModelAsync",
  "bedrock:StartAsyncInvoke",
  "bedrock:CreateModelInvocationJob",
] as const;

/** Actions that reach a model through something else, so that the grant does not say which model. */
export const indirectInvokeActions = [
  "bedrock:InvokeAgent",
  "bedrock:InvokeInlineAgent",
  "bedrock:InvokeFlow",
  "bedrock:StartFlowExecution",
  "bedrock:InvokeDataAutomationAsync",
  "bedrock:RetrieveAndGenerate",
  "bedrock:Rerank",
  "bedrock:OptimizePrompt",
  "bedrock:GenerateQuery",
  "bedrock:CreateEvaluationJob",
  "bedrock-agentcore:InvokeAgentRuntime",
] as const;

/** Actions that copy profiles or choose between them, and so choose where calls go. */
export const profileActions = [
  "bedrock:CreateInferenceProfile",
  "bedrock:CreatePromptRouter",
] as const;

/** Whether an action that no list names sounds like one that calls a model: services grow. */
export function soundsLikeInvocation(action: string): boolean {
  return /^bedrock(-agentcore)?:(Invoke|Converse|Start|Generate|Run)/i.test(action);
}

/** Services that answer as Claude outside the reviewed route. */
export const sideDoorServices = ["bedrock-mantle", "aws-external-anthropic"] as const;

/** Whether an IAM pattern (`*`, `?`; letter case ignored) covers a text. */
export function matches(pattern: string, text: string): boolean {
  // Linear walk instead of a regular expression: patterns come from foreign documents.
  const p = pattern.toLowerCase();
  const t = text.toLowerCase();
  let at = 0;
  let star = -1;
  let resume = 0;
  let i = 0;
  while (i < t.length) {
    if (at < p.length && (p[at] === "?" || (p[at] === t[i] && p[at] !== "*"))) {
      at += 1;
      i += 1;
    } else if (p[at] === "*") {
      star = at;
      at += 1;
      resume = i;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      i = resume;
    } else {
      return false;
    }
  }
  while (p[at] === "*") at += 1;
  return at === p.length;
}

export function hasWildcard(text: string): boolean {
  // A policy variable (`${aws:...}`) stands for text nobody knows before the call.
  return /[*?]|\$\{/.test(text);
}

/** The listed actions an Action pattern covers. */
export function covered(pattern: string, actions: readonly string[]): readonly string[] {
  return actions.filter((action) => matches(pattern, action));
}

/** Whether a pattern may grant some action of a service, whatever that service's actions are called. */
export function reachesService(pattern: string, service: string): boolean {
  const [prefix = "", ...rest] = pattern.split(":");
  if (rest.length === 0) return matches(pattern, `${service}:anything`) || pattern.includes("*");
  return matches(prefix, service);
}
