import { getTokenProvider } from "@aws/bedrock-token-generator";

import { bedrockKey } from "../exchange/bedrock-key.ts";
import type { Bench } from "./bench.ts";
import { medianOf, secondsOf } from "./measure.ts";

/** What a session of STS looks like: tokens of this length are what they give. */
const session = {
  accessKeyId: "ASIAEXAMPLE000000000",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  sessionToken: "FwoGZXIvYXdzE".padEnd(900, "A"),
  expiresAtEpochSeconds: Math.floor(Date.now() / 1000) + 43_200,
};
const region = "eu-central-1";
const lifeSeconds = 3600;

/** @param keys How many are made in each of five rounds, by either in turns. */
export function bedrockKeyBench(keys: number): Bench {
  return {
    name: "bedrock-key",
    what: "short-term Bedrock keys, in process, beside AWS's own generator",
    target: "the same bytes, no slower than AWS's own",
    async run() {
      const library = getTokenProvider({
        credentials: session,
        region,
        expiresInSeconds: lifeSeconds,
      });
      await sameBytes(library);
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        ours.push(
          await secondsOf(() => {
            for (let key = 0; key < keys; key += 1) make();
          }),
        );
        theirs.push(
          await secondsOf(async () => {
            for (let key = 0; key < keys; key += 1) await library();
          }),
        );
      }
      const rate = (seconds: readonly number[]) =>
        `${Math.round(keys / medianOf(seconds)).toLocaleString("en")} a second`;
      return [
        { figure: rate(ours), note: "ours, without a package" },
        { figure: rate(theirs), note: "@aws/bedrock-token-generator" },
      ];
    },
  };
}

function make(): string {
  return bedrockKey({ session, region, lifeSeconds }, { now: Date.now }).token;
}

/** @throws Error when the two differ although no second began between them. */
async function sameBytes(library: () => Promise<string>): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = make();
    const theirs = await library();
    if (before === theirs) return;
    if (before === make()) break;
  }
  throw new Error("the keys differ from those of AWS's own generator");
}
