import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { HelperFailure } from "../failure.ts";
import { sendPage } from "./callback-page.ts";
import { sameText } from "./verified-tokens.ts";

/** The one answer of the issuer, and the browser that waits for a page. */
export interface Callback {
  /** The redirect address with all parameters, for openid-client. Holds the code: never logged. */
  readonly url: URL;
  /** Shows the person how it ended; resolves once the page is out, or could not be sent. */
  readonly conclude: (signedIn: boolean) => Promise<void>;
}

export interface CallbackListener {
  /** For example `http://127.0.0.1:49152/callback`. */
  readonly redirectUri: string;
  /** Resolves with the first request that carries the state; rejects when the signal ends the wait. */
  readonly callback: Promise<Callback>;
  readonly close: () => Promise<void>;
}

export interface CallbackListenerOptions {
  readonly path: string;
  /** Absent: any free port. */
  readonly port: number | undefined;
  readonly state: string;
  readonly signal: AbortSignal;
}

/** How long the last page may take to reach a browser on the same machine. */
const lastPageMilliseconds = 250;

/**
 * Waits on 127.0.0.1 for the issuer's answer. Anybody on this machine, and any web page, can send requests
 * here: all but the one with the state of this sign-in get a 4xx and change nothing.
 *
 * @throws HelperFailure `signInFailed` when the port is taken.
 */
export async function listenForCallback(
  options: CallbackListenerOptions,
): Promise<CallbackListener> {
  const { path, state, signal } = options;
  let settled = false;
  let deliver: (callback: Callback) => void = () => undefined;
  let giveUp: (error: unknown) => void = () => undefined;
  const callback = new Promise<Callback>((resolve, reject) => {
    deliver = resolve;
    giveUp = reject;
  });
  // Whoever listens may be gone when the signal comes.
  callback.catch(() => undefined);

  const server = createServer(
    { maxHeaderSize: 16_384, headersTimeout: 5_000, requestTimeout: 5_000 },
    (request, response) => {
      const origin = `http://127.0.0.1:${portOf(server)}`;
      const refusal = settled ? 410 : refusalOf(request, { origin, path, state });
      if (refusal !== undefined) {
        sendPage(response, refusal, "refused");
        return;
      }
      settled = true;
      deliver({
        url: new URL(request.url ?? "/", origin),
        conclude: (signedIn) => conclude(response, signedIn),
      });
    },
  );
  const abort = () => giveUp(new HelperFailure("signInFailed", tooLate));
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  await listen(server, options.port ?? 0);
  return {
    redirectUri: `http://127.0.0.1:${portOf(server)}${path}`,
    callback,
    close: () => {
      signal.removeEventListener("abort", abort);
      // No new connection from here on; one whose page is on its way gets it, idle ones of the browser do not wait.
      const rest = setTimeout(() => server.closeAllConnections(), lastPageMilliseconds);
      return new Promise((resolve) => {
        server.close(() => {
          clearTimeout(rest);
          resolve();
        });
      });
    },
  };
}

const tooLate = "nobody finished the sign-in in the browser before the deadline of this run";

interface Expected {
  readonly origin: string;
  readonly path: string;
  readonly state: string;
}

/** The status to refuse a request with; undefined for the answer that is waited for. */
export function refusalOf(
  request: Pick<IncomingMessage, "headers" | "method" | "url">,
  { origin, path, state }: Expected,
): number | undefined {
  // A name that resolves to this machine would let a web page read what is answered (DNS rebinding).
  if (request.headers.host !== new URL(origin).host) return 421;
  // Absolute addresses are for proxies.
  if (!request.url?.startsWith("/") || !URL.canParse(request.url, origin)) return 400;
  const url = new URL(request.url, origin);
  if (url.origin !== origin || url.pathname !== path) return 404;
  if (request.method !== "GET") return 405;
  const { searchParams } = url;
  const once = ["state", "code", "error", "iss"].every(
    (name) => searchParams.getAll(name).length <= 1,
  );
  if (!once) return 400;
  if (!sameText(searchParams.get("state") ?? "", state)) return 403;
  if (searchParams.has("code") === searchParams.has("error")) return 400;
  return undefined;
}

function conclude(response: ServerResponse, signedIn: boolean): Promise<void> {
  return new Promise((resolve) => {
    // `close` comes after the page is out, and too when the browser has left.
    response.once("close", () => resolve());
    response.once("finish", () => resolve());
    if (response.destroyed) resolve();
    else sendPage(response, 200, signedIn ? "signedIn" : "notSignedIn");
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return address === null || typeof address === "string" ? 0 : address.port;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "is taken by another program" : String(error.code);
      reject(
        new HelperFailure(
          "signInFailed",
          `127.0.0.1:${port}, where the browser comes back to, cannot be used: it ${why}; end that program, or choose another signIn.redirectPort and register it`,
        ),
      );
    });
    server.listen(port, "127.0.0.1", () => resolve());
  });
}
