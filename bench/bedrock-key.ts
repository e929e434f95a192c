import { getTokenProvider } from "@aws/bedrock-token-generator";

import { type AwsSession, bedrockKey } from "../exchange/bedrock-key.ts";
import type { Bench } from "./bench.ts";
import { medianOf, secondsOf } from "./measure.ts";

const region = "eu-central-1";
const lifeSeconds = 3600;

/** @param keys How many are made in each of five rounds, by either in turns; each of a session of its own. */
export function bedrockKeyBench(keys: number): Bench {
  return {
    name: "bedrock-key",
    what: "short-term Bedrock keys, in process, beside AWS's own generator",
    target: "the same bytes, no slower than AWS's own",
    async run() {
      await sameBytes(sessionOf(0));
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        // A service makes one key a session: whatever the library remembers of a session is of no use to it.
        const sessions = Array.from({ length: keys }, (_, key) => sessionOf(round * keys + key));
        ours.push(await secondsOf(() => sessions.forEach(make)));
        theirs.push(
          await secondsOf(async () => {
            for (const session of sessions) await makeByLibrary(session);
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

/** As long as what STS gives. */
function sessionOf(key: number) {
  return {
    accessKeyId: `ASIA${String(key).padStart(16, "0")}`,
    secretAccessKey: String(key).padStart(40, "s"),
    sessionToken: String(key).padStart(900, "A"),
    expiresAtEpochSeconds: Math.floor(Date.now() / 1000) + 43_200,
  } satisfies AwsSession;
}

function make(session: AwsSession): string {
  return bedrockKey({ session, region, lifeSeconds }, { now: Date.now }).token;
}

function makeByLibrary(credentials: ReturnType<typeof sessionOf>): Promise<string> {
  return getTokenProvider({ credentials, region, expiresInSeconds: lifeSeconds })();
}

/** @throws Error when the two differ although no second began between them. */
async function sameBytes(session: ReturnType<typeof sessionOf>): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = make(session);
    const theirs = await makeByLibrary(session);
    if (before === theirs) return;
    if (before === make(session)) break;
  }
  throw new Error("the keys differ from those of AWS's own generator");
}
