/**
 * Why Claude Desktop runs the helper, from `CLAUDE_HELPER_CONTEXT`
 * (https://claude.com/docs/third-party/claude-desktop/credential-helper, read 2026-11-20).
 */
export const helperContexts = [
  "interactive",
  "mid-session-refresh",
  "background",
  "scheduled-task",
  "setup-test",
] as const;

export type HelperContext = (typeof helperContexts)[number];

/**
 * The context of this run. Unknown, empty and absent values are `background`: nobody said a person is
 * there, so no browser opens.
 *
 * @param environment `CLAUDE_HELPER_CONTEXT`, and `CLAUDE_HELPER_MANUAL_RUN=1` as older releases set it.
 */
export function contextFrom(
  environment: Readonly<Record<string, string | undefined>>,
): HelperContext {
  const named = helperContexts.find((context) => context === environment.CLAUDE_HELPER_CONTEXT);
  if (named !== undefined) return named;
  return environment.CLAUDE_HELPER_MANUAL_RUN === "1" ? "setup-test" : "background";
}

/** Only here may a browser or a prompt come up. */
export function mayAsk(context: HelperContext): boolean {
  return context === "interactive";
}
