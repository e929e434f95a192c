import { expect, it } from "vitest";

import { contextFrom, mayAsk } from "../../credential-helper/context.ts";

it.each([
  [{ CLAUDE_HELPER_CONTEXT: "interactive" }, "interactive", true],
  [{ CLAUDE_HELPER_CONTEXT: "mid-session-refresh" }, "mid-session-refresh", false],
  [{ CLAUDE_HELPER_CONTEXT: "background" }, "background", false],
  [{ CLAUDE_HELPER_CONTEXT: "scheduled-task" }, "scheduled-task", false],
  [{ CLAUDE_HELPER_CONTEXT: "setup-test" }, "setup-test", false],
  [{ CLAUDE_HELPER_MANUAL_RUN: "1" }, "setup-test", false],
  [{ CLAUDE_HELPER_CONTEXT: "interactive", CLAUDE_HELPER_MANUAL_RUN: "1" }, "interactive", true],
  [{ CLAUDE_HELPER_CONTEXT: "Interactive" }, "background", false],
  [{ CLAUDE_HELPER_CONTEXT: "" }, "background", false],
  [{ CLAUDE_HELPER_MANUAL_RUN: "true" }, "background", false],
  [{}, "background", false],
] as const)(
  "%j is the context %s, in which a person may be asked: %s",
  (environment, name, asks) => {
    const context = contextFrom(environment);
    expect([context, mayAsk(context)]).toEqual([name, asks]);
  },
);
