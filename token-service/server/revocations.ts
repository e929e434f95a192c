import type { Identity } from "../identity.ts";
import { subjectKey, subjectsOf } from "../store/subjects.ts";
import { StoreUnavailable } from "../store.ts";
import { admitIdentity } from "./admit-identity.ts";
import type { Asked } from "./asked.ts";
import { readShape } from "./body-shape.ts";
import type { Dependencies } from "./dependencies.ts";
import { identityFields, refusalOf, unexpected, withoutRecord } from "./issue-token.ts";
import { type Answer, jsonAnswer, type Refusal, refusalAnswer } from "./refusals.ts";
import { liftRequest, revocationRequest } from "./revocation-api.ts";
import { revoke } from "./revoke.ts";

/** What was done, and how its event tells it. */
interface Done {
  readonly answer: object;
  readonly reason: string;
  readonly subject?: string;
}

type Work = (dependencies: Dependencies, asked: Asked, by: string) => Promise<Done | Refusal>;

const overAlready: Refusal = {
  code: "malformed_request",
  message: "untilEpochSeconds is over already: it would refuse nobody",
};

const workOf: Readonly<Record<"GET" | "POST" | "DELETE", Work>> = {
  async GET({ store }) {
    return { answer: { revocations: await store.revocations() }, reason: "listed" };
  },
  async POST({ store, now }, { body }, revokedBy) {
    const shape = readShape(revocationRequest, body);
    if (!("value" in shape)) return shape;
    const { untilEpochSeconds } = shape.value;
    // Answering that it refuses from now on would be untrue.
    if (untilEpochSeconds !== undefined && untilEpochSeconds * 1000 <= now()) return overAlready;
    const answer = await revoke(store, now, { ...shape.value, revokedBy });
    const { subject, reason } = shape.value;
    return { answer, reason: `revoked: ${reason}`, subject: subjectKey(subject) };
  },
  async DELETE({ store }, { body }) {
    const shape = readShape(liftRequest, body);
    if (!("value" in shape)) return shape;
    const { subject } = shape.value;
    const lifted = await store.lift(subject);
    const reason = lifted ? "lifted" : "nothing to lift";
    return { answer: { lifted }, reason, subject: subjectKey(subject) };
  },
};

/** `/v1/revocations`: for administrators, by their own token, with one event each. */
export async function administer(
  dependencies: Dependencies,
  method: "GET" | "POST" | "DELETE",
  asked: Asked,
): Promise<Answer> {
  const startedMs = performance.now();
  const known: { identity?: Identity } = {};
  const result = await decide(dependencies, method, asked, known).catch(failed);
  const refused = "code" in result;
  try {
    await dependencies.audit.record({
      event: "revocation",
      time: new Date(dependencies.now()).toISOString(),
      traceId: asked.traceId,
      geography: dependencies.geography,
      decision: refused ? "refuse" : "allow",
      reason: refused ? result.message : result.reason,
      durationMilliseconds: Math.round((performance.now() - startedMs) * 1000) / 1000,
      ...(refused ? { code: result.code } : {}),
      ...(known.identity ? identityFields(known.identity) : {}),
      ...(refused || result.subject === undefined ? {} : { subject: result.subject }),
      ...(refused || !known.identity ? {} : { revokedBy: nameOf(known.identity) }),
    });
  } catch {
    // A revocation holds although its event is lost; the caller has to hear that something is wrong.
    return refusalAnswer(withoutRecord, asked.traceId);
  }
  return refused ? refusalAnswer(result, asked.traceId) : jsonAnswer(200, result.answer);
}

async function decide(
  dependencies: Dependencies,
  method: "GET" | "POST" | "DELETE",
  asked: Asked,
  known: { identity?: Identity },
): Promise<Done | Refusal> {
  if ("refused" in asked.evidence) return refusalOf(asked.evidence);
  const identity = await dependencies.verifyIdentity(asked.evidence);
  if ("refused" in identity) return refusalOf(identity);
  known.identity = identity;
  const problem = dependencies.administratorProblem(identity);
  const admittance = await admitIdentity(dependencies, identity, {
    claimOnce: problem === undefined,
    // The emergency stop must not lock out whoever has to lift it.
    subjects: subjectsOf(identity).filter(({ by }) => by !== "everything"),
    // Without the store there is nothing to administer.
    onStoreFailure: "refuse",
  });
  if ("code" in admittance) return admittance;
  if (problem) return refusalOf(problem);
  return workOf[method](dependencies, asked, nameOf(identity));
}

/** Who revoked, with the issuer that vouched: two issuers may know an `alice` each. */
function nameOf({ from, user, device, keyThumbprint, tokenHash }: Identity): string {
  return `${from}/${user ?? device ?? keyThumbprint ?? tokenHash}`;
}

function failed(error: unknown): Refusal {
  return error instanceof StoreUnavailable
    ? { code: "store_unavailable", message: error.message }
    : unexpected();
}
