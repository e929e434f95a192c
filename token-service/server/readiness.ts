import type { Dependencies } from "./dependencies.ts";
import { type Answer, jsonAnswer } from "./refusals.ts";

/** `GET /readyz`: 200 when requests can be answered, else 503 with each part that is not ready and why. */
export async function readiness(
  { parts, store }: Dependencies,
  shuttingDown: boolean,
): Promise<Answer> {
  const asked = await Promise.all(
    [{ name: "store", unready: () => store.unready() }, ...parts].map(async ({ name, unready }) => {
      try {
        return { part: name, reason: await unready() };
      } catch {
        return { part: name, reason: "it could not be asked" };
      }
    }),
  );
  const unready = [
    ...(shuttingDown ? [{ part: "service", reason: "it is shutting down" }] : []),
    ...asked.filter(({ reason }) => reason !== undefined),
  ];
  return unready.length === 0
    ? jsonAnswer(200, { status: "ready" })
    : jsonAnswer(503, { status: "unready", unready });
}
