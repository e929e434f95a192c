import { type TokenRequest, type TokenResponse, tokenRequest } from "../../contract/token-api.ts";
import type { ServedRoute } from "../../contract/token-service-config.ts";
import type { ProviderCredential } from "../../exchange/exchange.ts";
import type { AuditEvent } from "../decision.ts";
import type { Identity } from "../identity.ts";
import { admitIdentity } from "./admit-identity.ts";
import type { Asked } from "./asked.ts";
import { readShape } from "./body-shape.ts";
import type { Dependencies, Grant } from "./dependencies.ts";
import { getCredential } from "./get-credential.ts";
import { type Answer, jsonAnswer, type Refusal, refusalAnswer } from "./refusals.ts";

/** Recorded, never answered: nobody is left to read it. */
type AuditedCode = Refusal["code"] | "client_gone";

/** What is known of a request so far, for its event. */
interface Known {
  request?: TokenRequest;
  route?: ServedRoute;
  identity?: Identity;
  policy?: string;
  wouldAllow?: readonly string[];
}

interface Given {
  readonly credential: ProviderCredential;
  readonly request: TokenRequest;
  /** Whether the store vouched for it. */
  readonly checked: boolean;
}

/**
 * `POST /v1/token`. The order is the protection:
 *
 * 1. The body's shape costs nothing and says nothing about anybody.
 * 2. The identity comes before route and geography, so that a caller nobody vouches for learns of neither, and before
 *    the store, so that it can fill nothing.
 * 3. The policies decide in memory, before the store: a token is used up only when it would get something.
 * 4. The store answers replay, revocation and rate in one round trip, also for whom the policies refuse: a revoked
 *    person hears that, and nobody tries routes without a limit.
 * 5. The provider comes last but two: then the store notes how long the credential lives and says whether a
 *    revocation came meanwhile, then the event is written, and only then is the credential answered.
 */
export async function issueToken(dependencies: Dependencies, asked: Asked): Promise<Answer> {
  const startedMs = performance.now();
  const known: Known = {};
  const result = await decideAndGet(dependencies, asked, known).catch(unexpected);
  const given = "credential" in result ? result : undefined;
  const refusal = "credential" in result ? undefined : result;
  const milliseconds = performance.now() - startedMs;
  const code: AuditedCode | undefined = asked.gone() && refusal ? "client_gone" : refusal?.code;
  dependencies.metrics.decided(code ?? "allow", known.route?.provider, milliseconds / 1000);
  if (given?.checked === false) dependencies.metrics.unchecked();
  const event = eventOf(dependencies, asked, known, { refusal, code, given, milliseconds });
  try {
    await dependencies.audit.record(event);
  } catch {
    return refusalAnswer(withoutRecord, asked.traceId);
  }
  if (refusal) return refusalAnswer(refusal, asked.traceId);
  return given ? tokenAnswer(given, asked.traceId) : refusalAnswer(unknownCause, asked.traceId);
}

async function decideAndGet(
  dependencies: Dependencies,
  asked: Asked,
  known: Known,
): Promise<Given | Refusal> {
  const shape = readShape(tokenRequest, asked.body);
  if (!("value" in shape)) return shape;
  const request = shape.value;
  known.request = request;

  if ("refused" in asked.evidence) return refusalOf(asked.evidence);
  const identity = await dependencies.verifyIdentity(asked.evidence);
  if ("refused" in identity) return refusalOf(identity);
  known.identity = identity;

  const found = grantOf(dependencies, request, identity, known);
  const refused = "code" in found;
  const admittance = await admitIdentity(dependencies, identity, {
    claimOnce: !refused,
    sessionSeconds: refused ? undefined : found.grant.sessionSeconds,
    onStoreFailure: dependencies.onStoreFailure,
  });
  if ("code" in admittance) return admittance;
  if (refused) return found;

  const got = await getCredential(dependencies, asked.signal, { ...found, identity });
  if ("code" in got) return got;
  return {
    credential: got.credential,
    request,
    checked: admittance.checked && got.checked,
  };
}

/** The route and what the policies let this identity have of it. */
function grantOf(
  { routes, decide }: Dependencies,
  request: TokenRequest,
  identity: Identity,
  known: Known,
): { readonly route: ServedRoute; readonly grant: Grant } | Refusal {
  const route = routes.find(({ name }) => name === request.route);
  if (route) known.route = route;
  const decision = decide(identity, request);
  known.wouldAllow = decision.wouldAllow;
  if (decision.decision === "refuse") return { code: decision.code, message: decision.reason };
  known.policy = decision.policy;
  const { sessionSeconds, models } = decision;
  return route ? { route, grant: { sessionSeconds, models } } : unknownCause;
}

interface Outcome {
  readonly refusal: Refusal | undefined;
  readonly code: AuditedCode | undefined;
  readonly given: Given | undefined;
  readonly milliseconds: number;
}

function eventOf(
  { geography, now }: Dependencies,
  { traceId }: Asked,
  { request, route, identity, policy, wouldAllow }: Known,
  { refusal, code, given, milliseconds }: Outcome,
): AuditEvent {
  const reason =
    refusal?.message ??
    (given?.checked === false
      ? "the store did not answer: replay and revocation unchecked"
      : undefined);
  return {
    event: "token.decision",
    time: new Date(now()).toISOString(),
    traceId,
    geography,
    decision: refusal ? "refuse" : "allow",
    durationMilliseconds: Math.round(milliseconds * 1000) / 1000,
    ...(request ? { route: request.route } : {}),
    ...(route ? { provider: route.provider } : {}),
    ...(request?.context === undefined ? {} : { context: request.context }),
    ...(policy === undefined ? {} : { policy }),
    ...(wouldAllow?.length ? { wouldAllow } : {}),
    ...(code === undefined ? {} : { code }),
    ...(reason === undefined ? {} : { reason }),
    ...(identity ? identityFields(identity) : {}),
    ...(given ? { expiresAtEpochSeconds: given.credential.expiresAtEpochSeconds } : {}),
  };
}

export function identityFields(identity: Identity): Partial<AuditEvent> {
  const { from, user, device, tokenHash, keyThumbprint } = identity;
  return {
    from,
    tokenHash,
    ...(user === undefined ? {} : { user }),
    ...(device === undefined ? {} : { device }),
    ...(keyThumbprint === undefined ? {} : { keyThumbprint }),
  };
}

function tokenAnswer({ credential, request }: Given, traceId: string): Answer {
  const { token, kind, headers, expiresAtEpochSeconds } = credential;
  const { geography, route } = request;
  const body: TokenResponse = {
    token,
    kind,
    ...(headers === undefined ? {} : { headers: { ...headers } }),
    expiresAtEpochSeconds,
    geography,
    route,
    traceId,
  };
  return jsonAnswer(200, body);
}

export function refusalOf(refused: { refused: Refusal["code"]; reason: string }): Refusal {
  return { code: refused.refused, message: refused.reason };
}

const unknownCause: Refusal = { code: "internal", message: "the service failed" };

/** Nothing of an unexpected error leaves the process: its text could hold anything. */
export function unexpected(): Refusal {
  return unknownCause;
}

export const withoutRecord: Refusal = {
  code: "internal",
  message: "the decision could not be recorded, so nothing is given out",
};
