/** Oldest engine the kit is known to work with; older ones lack the events and policy behaviour relied on. */
export const oldestEngine = "3.254.0";

interface Version {
  readonly numbers: readonly number[];
  readonly prerelease: boolean;
}

/** Undefined when the text is not a version (`pulumi version` of an unstamped build prints nothing usable). */
function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.exec(text.trim());
  if (!match) return undefined;
  return { numbers: match.slice(1, 4).map(Number), prerelease: match[4] !== undefined };
}

/**
 * Why this `pulumi version` answer is not good enough, or undefined when it is.
 * A pre-release of the oldest version counts as older; another major version is refused, as the Automation API does.
 */
export function versionProblem(text: string, oldest: string = oldestEngine): string | undefined {
  const given = parseVersion(text);
  const wanted = parseVersion(oldest);
  if (!given || !wanted) return `"${text.trim()}" is not a version`;
  if (given.numbers[0] !== wanted.numbers[0]) {
    return `version ${text.trim()} is another major version than ${oldest}`;
  }
  for (const [place, number] of given.numbers.entries()) {
    const least = wanted.numbers[place] ?? 0;
    if (number > least) return undefined;
    if (number < least) return `version ${text.trim()} is older than ${oldest}`;
  }
  return given.prerelease && !wanted.prerelease
    ? `version ${text.trim()} is older than ${oldest}`
    : undefined;
}
