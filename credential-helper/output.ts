import { writeSync } from "node:fs";

import { exitCodes, HelperFailure } from "./failure.ts";

/** What Claude Desktop reads: a bare token, or JSON where headers go with it. */
export interface PrintedCredential {
  readonly token: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * Exactly what goes to standard output: the token alone, or `{"token", "headers"}` when there are headers
 * (https://claude.com/docs/third-party/claude-desktop/credential-helper, read 2026-11-20). No line break: the
 * whole output is the token. A token that starts like JSON is wrapped, so that it is not parsed as such.
 */
export function credentialText({ token, headers }: PrintedCredential): string {
  const hasHeaders = headers !== undefined && Object.keys(headers).length > 0;
  if (hasHeaders) return JSON.stringify({ token, headers });
  return token.startsWith("{") ? JSON.stringify({ token }) : token;
}

/** Writes what it can of the bytes from there on, and says how many. */
type WriteSome = (descriptor: number, bytes: Uint8Array, at: number) => number;

/** How long a reader may leave a full pipe full, and how often it is tried meanwhile; milliseconds. */
const stalled = { mostMs: 5_000, pauseMs: 5 };

/**
 * Writes the whole text to standard output, by one call where the system takes it in one.
 *
 * @param write in place of the system's.
 * @returns false when nobody reads any more: not worth a word.
 */
export function writeOut(text: string, write: WriteSome = writeSync): boolean {
  const bytes = new TextEncoder().encode(text);
  let waitedMs = 0;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += write(1, bytes, at);
      waitedMs = 0;
    } catch (error) {
      // A pipe that does not block may be full for a moment.
      if (errorCode(error) !== "EAGAIN" || waitedMs >= stalled.mostMs) return false;
      pause(stalled.pauseMs);
      waitedMs += stalled.pauseMs;
    }
  }
  return true;
}

/** Holds the whole run up: for what has to be over before anything else happens. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/**
 * One line on standard error; whoever closed it does not want to know.
 *
 * @param ending what is said in any case, however much of the line is cut.
 */
export function tell(line: string, ending = ""): void {
  try {
    writeSync(2, `cowork-credential-helper: ${oneLine(line)}${ending}\n`);
  } catch {
    // Nobody reads it.
  }
}

/** Says why the run ends, in one line, and gives the exit code that says the same. */
export function tellFailure(error: unknown, debug: boolean): number {
  const failure = asFailure(error);
  const code = exitCodes[failure.failure];
  tell(`${failure.failure}: ${failure.message}`, ` (exit ${code})`);
  if (debug && error instanceof Error) {
    try {
      writeSync(2, `${error.stack ?? String(error)}\n`);
    } catch {
      // As above.
    }
  }
  return code;
}

/** What nobody foresaw says its kind only: its text might hold what was being handled. */
export function asFailure(error: unknown): HelperFailure {
  if (error instanceof HelperFailure) return error;
  const code = errorCode(error);
  const kind = error instanceof Error ? error.name : typeof error;
  const named = code === undefined ? kind : `${kind} ${code}`;
  return new HelperFailure(
    "internal",
    `an error nobody foresaw (${named}): run it with --debug and report what it prints`,
  );
}

/** `code` of a system error, or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Of `console`: go to standard error by themselves, or print nothing. */
const harmless = ["assert", "countReset", "error", "groupEnd", "time", "warn"];

/**
 * Keeps what libraries print away from standard output: only `writeOut` reaches it.
 */
export function guardStandardOutput(): void {
  const aside = (...parts: readonly unknown[]) => {
    try {
      writeSync(2, `${parts.map(String).join(" ")}\n`);
    } catch {
      // Nobody reads it.
    }
  };
  // All others, whatever they are: Bun has more than the standard, and writes each by itself, past `log`.
  for (const [name, method] of Object.entries(console))
    if (typeof method === "function" && /^[a-z]/.test(name) && !harmless.includes(name))
      Object.assign(console, { [name]: aside });
  const { stdout, stderr } = process;
  stdout.write = stderr.write.bind(stderr) as typeof stdout.write;
  stdout.end = ((text: unknown) => {
    if (typeof text === "string") aside(text);
    return stdout;
  }) as typeof stdout.end;
}

const longestLine = 2_000;

function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").slice(0, longestLine);
}
