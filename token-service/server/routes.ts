import { tokenPath } from "../../contract/token-api.ts";
import type { Asked } from "./asked.ts";
import type { Dependencies } from "./dependencies.ts";
import { issueToken } from "./issue-token.ts";
import { metadataOf } from "./metadata.ts";
import { readiness } from "./readiness.ts";
import { type Answer, jsonAnswer } from "./refusals.ts";
import { revocationsPath } from "./revocation-api.ts";
import { administer } from "./revocations.ts";

export interface Route {
  /** Whether callers show who they are; such requests are counted against the cap on work under way. */
  readonly identified: boolean;
  readonly answer: (asked: Asked) => Answer | Promise<Answer>;
}

export interface RouteOptions {
  readonly shuttingDown: () => boolean;
  /** `GET /metrics` beside the rest; otherwise it has a port of its own. */
  readonly serveMetrics: boolean;
}

type Table = ReadonlyMap<string, Readonly<Partial<Record<string, Route>>>>;

/** Every path and method there is. */
export function routeTable(dependencies: Dependencies, options: RouteOptions): Table {
  const open = (answer: Route["answer"]): Route => ({ identified: false, answer });
  const closed = (answer: Route["answer"]): Route => ({ identified: true, answer });
  const cached = async (body: object | Promise<object>): Promise<Answer> => ({
    ...jsonAnswer(200, await body),
    headers: { "cache-control": "public, max-age=300" },
  });
  const administration = (method: "GET" | "POST" | "DELETE") =>
    closed((asked) => administer(dependencies, method, asked));

  return new Map([
    [tokenPath, { POST: closed((asked) => issueToken(dependencies, asked)) }],
    [
      revocationsPath,
      {
        GET: administration("GET"),
        POST: administration("POST"),
        DELETE: administration("DELETE"),
      },
    ],
    ["/.well-known/jwks.json", { GET: open(() => cached(dependencies.jwks())) }],
    [
      "/.well-known/oauth-authorization-server",
      { GET: open(() => cached(metadataOf(dependencies))) },
    ],
    ["/healthz", { GET: open(() => jsonAnswer(200, { status: "alive" })) }],
    ["/readyz", { GET: open(() => readiness(dependencies, options.shuttingDown())) }],
    ...(options.serveMetrics
      ? [["/metrics", { GET: open(() => metricsAnswer(dependencies.metrics)) }] as const]
      : []),
  ]);
}

export async function metricsAnswer({
  render,
  contentType,
}: Dependencies["metrics"]): Promise<Answer> {
  return { status: 200, headers: { "content-type": contentType }, body: await render() };
}
