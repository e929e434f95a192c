import type { LooseEvent } from "./loose-event.ts";

/** Reported as advice by the policy SDK when a rule read a value not known yet: the rule did not judge. */
const skippedRule = /can't run policy .+ during preview/;

/** The only problem of an engine that was killed or never started its work. */
export const unfinished = "the engine ended before it had finished";

/** Say only that something failed; the cause is another event. */
const echoes = [/^[a-z]+ failed$/, /^One or more errors occurred/];

/**
 * Why the run cannot count as good, one text each: errors, mandatory violations, rules that did not judge,
 * a pack that was asked for and not loaded, an engine that did not reach its end.
 */
export function problemsOf(events: readonly LooseEvent[], policyExpected: boolean): string[] {
  const found = [...errorsIn(events), ...policyProblems(events)];
  const causes = found.filter((text) => !echoes.some((echo) => echo.test(text)));
  const problems = new Set(causes.length > 0 ? causes : found);
  const summary = events.findLast((event) => event.summaryEvent)?.summaryEvent;
  if (!summary) {
    problems.add(unfinished);
  } else {
    if (problems.size === 0 && summary.result !== undefined && summary.result !== "succeeded") {
      problems.add(`the engine ended with "${summary.result}"`);
    }
    if (policyExpected && Object.keys(summary.PolicyPacks ?? {}).length === 0) {
      problems.add("the policy pack was not loaded: nothing was judged");
    }
  }
  return [...problems];
}

function errorsIn(events: readonly LooseEvent[]): string[] {
  return events.flatMap(({ diagnosticEvent: event }) =>
    event?.severity === "error" ? [withoutStack(event.message)] : [],
  );
}

function policyProblems(events: readonly LooseEvent[]): string[] {
  return events.flatMap(({ policyEvent: event }) => {
    if (!event) return [];
    const skipped = skippedRule.test(event.message);
    if (event.enforcementLevel !== "mandatory" && !skipped) return [];
    const where = event.resourceUrn
      ? ` on ${event.resourceUrn.split("::").slice(2).join("::")}`
      : "";
    const verb = skipped ? "did not judge" : "is violated";
    return [`rule ${event.policyName} ${verb}${where}: ${event.message.trim()}`];
  });
}

/** An exception in the program arrives once with its stack and once without: reduced to the same text. */
function withoutStack(message: string): string {
  return message
    .split("\n")
    .filter((line) => !/^\s+at /.test(line))
    .join("\n")
    .replace(/^Unhandled exception: (?:\w*Error: )?/, "")
    .trim();
}
