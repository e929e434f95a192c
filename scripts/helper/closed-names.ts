/**
 * Names by which an environment reaches into a Bun executable before, or below, the helper's own code. The build
 * makes each of them unmatchable in its copy of the runtime. Seen to work in Bun 1.4.5 on 2026-11-21, each by running
 * it; see docs/decisions/2026-11-21-helper-executable.md.
 */
export const closedVariables = [
  /** Turns the executable into the `bun` command: any script, under the company's signature. */
  "BUN_BE_BUN",
  /** Command line options, `--preload FILE` among them. */
  "BUN_OPTIONS",
  /** The debugger, which can read and run anything. */
  "BUN_INSPECT",
  "BUN_INSPECT_PRELOAD",
  "BUN_INSPECT_CONNECT_TO",
  /** Prints requests with their `Authorization` header to stderr, which Claude Desktop logs. */
  "BUN_CONFIG_VERBOSE_FETCH",
  /** Turns the check of certificates off. */
  "NODE_TLS_REJECT_UNAUTHORIZED",
  /** Name files of certificates to trust; the system's store and the helper's own configuration decide that. */
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  /** Bytecode from a folder anyone may name. */
  "NODE_COMPILE_CACHE",
  /** Where reports of crashes go. */
  "BUN_CRASH_REPORT_URL",
  "BUN_FEATURE_FLAG_INTERNAL_FOR_TESTING",
] as const;

/** Options of the JavaScript engine, set as `BUN_JSC_<name>`, that read code or further options from a file. */
export const closedEngineOptions = ["functionOverrides", "configFile"] as const;

/**
 * Variables that the runtime's own JavaScript looks up in `process.env`, which no change of the executable reaches
 * alone. Deleted before the first line of the helper runs.
 */
const deletedVariables = ["NODE_TLS_REJECT_UNAUTHORIZED", "NODE_EXTRA_CA_CERTS", "NODE_DEBUG"];

/** JavaScript put in front of the bundle. */
export const banner = `for(const n of ${JSON.stringify(deletedVariables)})delete process.env[n];`;

/** How often each name was closed. */
export type ClosedCounts = Readonly<Record<string, number>>;

/**
 * A runtime in which the names above match nothing: a variable's name begins with a zero byte, which no environment
 * can hold; an engine option's name with an `=`, at which the engine ends a name. The length stays, so nothing moves.
 *
 * @throws Error naming every name that the runtime does not hold: another version may read it by other means.
 */
export function closeNames(runtime: Buffer): {
  readonly bytes: Buffer;
  readonly counts: ClosedCounts;
} {
  const bytes = Buffer.from(runtime);
  const counts: Record<string, number> = {};
  const close = (name: string, places: readonly number[], by: number) => {
    for (const at of places) bytes[at] = by;
    counts[name] = places.length;
  };
  // All are looked for before one is changed: some names begin with another.
  const variables = closedVariables.map((name) => ({
    name,
    places: variablePlaces(runtime, name),
  }));
  for (const { name, places } of variables) close(name, places, 0);
  for (const name of closedEngineOptions)
    close(name, optionPlaces(runtime, name), "=".charCodeAt(0));
  const missing = Object.keys(counts).filter((name) => counts[name] === 0);
  if (missing.length === 0) return { bytes, counts };
  throw new Error(`cannot be closed to the environment: it holds no ${missing.join(", no ")}`);
}

/** What stands before a name in JavaScript and in sentences, which name variables but do not look them up natively. */
const inText = new Set([...".\"' "].map((character) => character.charCodeAt(0)));

function variablePlaces(bytes: Buffer, name: string): readonly number[] {
  return placesOf(bytes, name).filter((at) => !inText.has(bytes[at - 1] ?? 0));
}

/** A compiler may keep an option's name only as the tail of `JSC_<name>`. */
function optionPlaces(bytes: Buffer, name: string): readonly number[] {
  return placesOf(bytes, `${name}\0`).filter(
    (at) => bytes[at - 1] === 0 || bytes.toString("latin1", at - 4, at) === "JSC_",
  );
}

function placesOf(bytes: Buffer, text: string): readonly number[] {
  const wanted = Buffer.from(text, "latin1");
  const places: number[] = [];
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) places.push(at);
  return places;
}
