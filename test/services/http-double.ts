import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { Leaf } from "./certificates.ts";
import { closeServer, listen } from "./loopback.ts";

export type RecordedRequest = {
  method: string;
  /** Path without the query. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
};

export type Answer = {
  /** Default 200. */
  status?: number;
  headers?: Record<string, string>;
  /** A string is sent as it is; anything else as JSON with its content type. Default: empty. */
  body?: unknown;
  /** How long to wait first. Default 0. */
  delayMs?: number;
  /** Drops the connection instead of answering. */
  hangUp?: boolean;
};

export type HttpDouble = {
  /** `http://127.0.0.1:<port>` or `https://...`, no slash at the end. */
  url: string;
  port: number;
  /** Everything that came, oldest first. */
  requests: RecordedRequest[];
  /** From now on another script answers. */
  answerWith(answer: Script): void;
  close(): Promise<void>;
};

/** What to answer: a function, or answers in order of which the last repeats. */
export type Script = ((request: RecordedRequest) => Answer) | [Answer, ...Answer[]];

export type HttpDoubleOptions = {
  answer: Script;
  /** Serves HTTPS with this certificate; see `issueServerCertificate`. Default: plain HTTP. */
  tls?: Pick<Leaf, "chainPem" | "keyPem">;
};

/**
 * A loopback server that records every request and answers from a script: stands in for a cloud's token endpoint
 * where nobody offers a real one to run. It knows nothing of the protocol, so assert on `requests`.
 */
export async function startHttpDouble(options: HttpDoubleOptions): Promise<HttpDouble> {
  let script = options.answer;
  let answered = 0;
  const requests: RecordedRequest[] = [];

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const recorded = await record(request);
    requests.push(recorded);
    const answer =
      typeof script === "function"
        ? script(recorded)
        : (script[Math.min(answered, script.length - 1)] ?? script[0]);
    answered += 1;
    if (answer.delayMs) await sleep(answer.delayMs);
    if (answer.hangUp) {
      request.socket.destroy();
      return;
    }
    const isText = answer.body === undefined || typeof answer.body === "string";
    response.writeHead(answer.status ?? 200, {
      ...(isText ? {} : { "content-type": "application/json" }),
      ...answer.headers,
    });
    response.end(isText ? answer.body : JSON.stringify(answer.body));
  };
  // A broken script must not look like a broken cloud: the answer says so.
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch((error: Error) => {
      if (!response.headersSent) response.writeHead(599);
      response.end(`the test's script failed: ${error.message}`);
    });
  };
  const server = options.tls
    ? createTlsServer({ cert: options.tls.chainPem, key: options.tls.keyPem }, listener)
    : createServer(listener);
  const port = await listen(server);
  return {
    url: `${options.tls ? "https" : "http"}://127.0.0.1:${port}`,
    port,
    requests,
    answerWith(answer) {
      script = answer;
      answered = 0;
    },
    close: () => closeServer(server),
  };
}

async function record(request: IncomingMessage): Promise<RecordedRequest> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(", ") : (value ?? "");
  }
  return {
    method: request.method ?? "",
    path: url.pathname,
    query: url.searchParams,
    headers,
    body,
  };
}
