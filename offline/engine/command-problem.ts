/**
 * Why a command of the engine failed, from the Automation API's error, for failures that come with no event:
 * a locked stack, a refused configuration, a killed engine.
 */
export function commandProblem(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const killed = /was killed with (SIG[A-Z]+)/.exec(text);
  if (killed) return `the engine was killed (${killed[1]})`;
  const said = /(?:^|\n)\s*(?:stderr: )?error: ([\s\S]+?)(?:\n\s*err\?:|$)/.exec(text);
  if (said?.[1]) return said[1].trim();
  const line = text
    .split("\n")
    .find((part) => !/^\s*(?:code|stdout): ?/.test(part) && part.trim() !== "");
  return line?.trim() ?? "the engine failed without saying why";
}
