import { appendFileSync, readFileSync } from "node:fs";

import { HelperFailure } from "../../../credential-helper/failure.ts";
import type { Obtain } from "../../../credential-helper/obtain-types.ts";
import { run } from "../../../credential-helper/run.ts";
import type { FakePlan } from "./fake-plan.ts";

/**
 * The helper as it is, but for the sign-in: that one follows a plan in a file, and notes each attempt in another.
 * Without arguments it reads the configuration the test wrote, in place of the machine-wide one.
 */
const { FAKE_CONFIG = "", FAKE_PLAN = "" } = process.env;

const obtain: Obtain = async (_config, around) => {
  const plan: FakePlan = JSON.parse(readFileSync(FAKE_PLAN, "utf8"));
  appendFileSync(plan.attempts, `${around.context} ${process.pid}\n`);
  console.log("a library that prints");
  process.stdout.write("and another one\n");
  if (plan.opens !== undefined)
    around.tell(`browser opened: ${await around.openBrowser(plan.opens)}`);
  if (plan.session !== undefined) await around.writeSession(plan.session);
  if (plan.tellsSession === true)
    around.tell(`session ${JSON.stringify((await around.readSession()) ?? null)}`);
  await new Promise((resolve) => setTimeout(resolve, plan.delayMs ?? 0));
  const { outcome } = plan;
  if (outcome.kind === "failure") throw new HelperFailure(outcome.failure, outcome.message);
  if (outcome.kind === "crash") throw new Error("secret-in-an-error");
  return {
    token: outcome.token === "unique" ? `token-${process.pid}-${Math.random()}` : outcome.token,
    kind: "bedrock-api-key",
    ...(outcome.headers ? { headers: outcome.headers } : {}),
    expiresAtEpochSeconds: Math.floor(Date.now() / 1000) + outcome.livesSeconds,
  };
};

const args = process.argv.slice(2);
const code = await run({
  args: args.length === 0 && FAKE_CONFIG !== "" ? ["--config", FAKE_CONFIG] : args,
  environment: process.env,
  loadObtain: async () => obtain,
});
process.exit(code);
