import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

import type { Asked } from "./asked.ts";
import type { Dependencies } from "./dependencies.ts";
import {
  framingProblem,
  hasBody,
  headerValues,
  mediaTypeProblem,
  readBody,
} from "./read-request.ts";
import { type Answer, type Refusal, refusalAnswer } from "./refusals.ts";
import type { Route, routeTable } from "./routes.ts";
import { traceIdOf, traceparentOf } from "./trace.ts";

export interface Handling {
  readonly dependencies: Dependencies;
  readonly table: ReturnType<typeof routeTable>;
  readonly maxUnderWay: number;
  /** Whether connections end with their next answer, so that callers move on to another replica. */
  readonly draining: () => boolean;
  /** Whether new work is refused. */
  readonly closing: () => boolean;
  /** Ends whatever is still under way. */
  readonly stop: AbortSignal;
  readonly underWay: { count: number };
  /** Connections on which requests can no longer be told apart: what else came on them is not read. */
  readonly poisoned: WeakSet<Socket>;
}

const overloaded: Refusal = {
  code: "rate_limited",
  message: "as many requests are under way as the service takes at once",
  status: 503,
  retryAfterSeconds: 1,
};

/** One request from its headers to its answer; never throws. */
export async function handleRequest(
  handling: Handling,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (handling.poisoned.has(request.socket)) return;
  const traceId = traceIdOf(headerValues(request, "traceparent"));
  const answer = await answerTo(handling, request, response, traceId).catch(() =>
    refusalAnswer({ code: "internal", message: "the service failed" }, traceId),
  );
  handling.dependencies.metrics.answered(answer.status);
  send(handling, request, response, { answer, traceId });
}

async function answerTo(
  handling: Handling,
  request: IncomingMessage,
  response: ServerResponse,
  traceId: string,
): Promise<Answer> {
  const { table, underWay, maxUnderWay, closing, poisoned } = handling;
  const refuse = (refusal: Refusal) => refusalAnswer(refusal, traceId);
  const framing = framingProblem(request);
  if (framing) {
    poisoned.add(request.socket);
    return refuse(framing);
  }
  const { method = "", url = "" } = request;
  const methods = table.get(url);
  if (!methods) return refuse({ code: "not_found", message: "there is nothing at this path" });
  const route = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!route) {
    const allow = Object.keys(methods).join(", ");
    const refused = refuse({ code: "method_not_allowed", message: `this path takes ${allow}` });
    return { ...refused, headers: { ...refused.headers, allow } };
  }
  if (method === "GET" && hasBody(request)) {
    return refuse({ code: "malformed_request", message: "a GET has no body" });
  }
  const media = method === "GET" ? undefined : mediaTypeProblem(request);
  if (media) return refuse(media);
  if (route.identified && closing()) {
    return refuse({ code: "shutting_down", message: "this replica is shutting down" });
  }
  // Before it counts as under way: nobody has shown who they are yet, and a body may come as slowly as it likes.
  const body = method === "GET" ? Buffer.alloc(0) : await readBody(request);
  if ("code" in body) return refuse(body);
  const received = { request, response, body, traceId };
  if (!route.identified) return run(handling, route, received);
  if (underWay.count >= maxUnderWay) return refuse(overloaded);
  underWay.count += 1;
  try {
    return await run(handling, route, received);
  } finally {
    underWay.count -= 1;
  }
}

interface Received {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly traceId: string;
}

async function run(
  { dependencies, stop }: Handling,
  route: Route,
  { request, response, body, traceId }: Received,
): Promise<Answer> {
  const work = new AbortController();
  let gone = false;
  const onClose = () => {
    gone = !response.writableFinished;
    work.abort();
  };
  const onStop = () => work.abort();
  const timer = setTimeout(onStop, dependencies.requestTimeoutSeconds * 1000);
  response.once("close", onClose);
  stop.addEventListener("abort", onStop, { once: true });
  if (stop.aborted) onStop();
  try {
    const evidence = evidenceOf(dependencies, request);
    return await route.answer({ traceId, evidence, body, signal: work.signal, gone: () => gone });
  } finally {
    clearTimeout(timer);
    response.off("close", onClose);
    stop.removeEventListener("abort", onStop);
  }
}

function evidenceOf(
  { certificatesOf, publicUrl }: Dependencies,
  request: IncomingMessage,
): Asked["evidence"] {
  const certificates = certificatesOf(request);
  if ("refused" in certificates) return certificates;
  return {
    authorization: headerValues(request, "authorization"),
    proofs: headerValues(request, "dpop"),
    certificates,
    method: request.method ?? "",
    url: `${publicUrl}${request.url ?? ""}`,
  };
}

function send(
  { draining, poisoned }: Handling,
  request: IncomingMessage,
  response: ServerResponse,
  { answer, traceId }: { readonly answer: Answer; readonly traceId: string },
): void {
  if (response.destroyed) return;
  // What is left of a body nobody read would be taken for the next request.
  const last = draining() || !request.complete || poisoned.has(request.socket);
  response.writeHead(answer.status, {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...answer.headers,
    traceparent: traceparentOf(traceId),
    "content-length": Buffer.byteLength(answer.body),
    ...(last ? { connection: "close" } : {}),
  });
  response.end(answer.body);
}
