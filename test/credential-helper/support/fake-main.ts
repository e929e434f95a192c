import { appendFileSync, readFileSync } from "node:fs";

import { HelperFailure } from "../../../credential-helper/failure.ts";
import type { Obtain, ObtainContext } from "../../../credential-helper/obtain-types.ts";
import { run } from "../../../credential-helper/run.ts";
import { tlsFetch } from "../../../credential-helper/sign-in/mutual-tls-fetch.ts";
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
  if (plan.fetches !== undefined) around.tell(`fetched: ${await fetched(plan.fetches, around)}`);
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

/** Both ways in which the helper asks. */
async function fetched(address: string, { fetch }: ObtainContext): Promise<string> {
  return `${await asked(address, fetch)} ${await asked(address, tlsFetch({}))}`;
}

async function asked(address: string, fetch: typeof globalThis.fetch): Promise<string> {
  try {
    return String(
      (await fetch(address, { headers: { authorization: "Bearer sent-secret" } })).status,
    );
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "no answer";
  }
}

const args = process.argv.slice(2);
const code = await run({
  args: args.length === 0 && FAKE_CONFIG !== "" ? ["--config", FAKE_CONFIG] : args,
  environment: process.env,
  loadObtain: async () => obtain,
});
process.exit(code);
