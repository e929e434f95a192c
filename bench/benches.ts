import { bedrockKeyBench } from "./bedrock-key.ts";
import type { Bench } from "./bench.ts";
import { helperBench } from "./helper.ts";
import { helperStartBench } from "./helper-start.ts";
import { policyPackBench } from "./policy-pack.ts";
import { previewBench } from "./preview.ts";
import { profileSetsBench } from "./profile-sets.ts";
import { quickstart } from "./quickstart.ts";
import { secondCloudBench } from "./second-cloud.ts";
import { sideBySideBench } from "./side-by-side.ts";
import { tokenServiceBench } from "./token-service.ts";
import { verdictsBench } from "./verdicts.ts";

/** Every bench at its real size; engine runs first, so that no other bench's memory is counted. */
export const benches: readonly Bench[] = [
  sideBySideBench(10),
  quickstart,
  previewBench(5, 1_000),
  secondCloudBench(5),
  policyPackBench([1_000, 10_000]),
  tokenServiceBench({ requestsPerSecond: 500, seconds: 20, runs: 3, revocations: 50 }),
  profileSetsBench(500),
  verdictsBench(3),
  bedrockKeyBench(2_000),
  helperStartBench(200),
  helperBench(200, 50),
];
