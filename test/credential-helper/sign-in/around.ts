import type { HelperContext } from "../../../credential-helper/context.ts";
import type { ObtainContext, SignInSession } from "../../../credential-helper/obtain-types.ts";

export type Surroundings = ObtainContext & {
  /** Everything told to the person or the log. */
  readonly told: string[];
  /** Addresses a browser was opened for. */
  readonly opened: string[];
  /** Everything ever written, oldest first; `undefined` is a session dropped. */
  readonly written: (SignInSession | undefined)[];
  readonly session: () => SignInSession | undefined;
  /** Resolves once every browser that was opened is at its last page. */
  readonly browsed: () => Promise<unknown>;
};

export type SurroundingsOptions = {
  /** Default `interactive`. */
  context?: HelperContext;
  session?: SignInSession;
  /** What a browser would do with the address; absent: there is no browser. */
  browse?: (address: string) => Promise<unknown>;
  signal?: AbortSignal;
  fetch?: typeof globalThis.fetch;
  now?: () => number;
};

/** A laptop in memory: session store, browser and standard error. */
export function surroundings(options: SurroundingsOptions = {}): Surroundings {
  const told: string[] = [];
  const opened: string[] = [];
  const written: (SignInSession | undefined)[] = [];
  const browsers: Promise<unknown>[] = [];
  let session = options.session;
  return {
    context: options.context ?? "interactive",
    fetch: options.fetch ?? globalThis.fetch,
    now: options.now ?? Date.now,
    signal: options.signal ?? new AbortController().signal,
    async openBrowser(address) {
      if (options.browse === undefined) return false;
      opened.push(address);
      // A browser is another process: nobody waits for it.
      browsers.push(options.browse(address).catch(() => undefined));
      return true;
    },
    tell: (line) => void told.push(line),
    readSession: async () => session,
    async writeSession(next) {
      written.push(next);
      session = next;
    },
    told,
    opened,
    written,
    session: () => session,
    browsed: () => Promise.all(browsers),
  };
}

/** What a promise was rejected with, as `failure: message`; or `no failure`. */
export async function failureOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "no failure";
  } catch (error) {
    const { failure, message } = error as { failure?: string; message: string };
    return `${failure}: ${message}`;
  }
}
