import { defineRule } from "../rule.ts";
import { tokenServiceAtAws } from "../token-service-aws.ts";
import { tokenServiceAtAzure } from "../token-service-azure.ts";
import { tokenServiceAtGoogle } from "../token-service-google.ts";
import type { TokenServiceJudge } from "../token-service-judge.ts";

/** One file a cloud. */
const clouds: readonly TokenServiceJudge[] = [
  tokenServiceAtAws,
  tokenServiceAtAzure,
  tokenServiceAtGoogle,
];

/** What gives out credentials is reached from inside, runs what was reviewed, and keeps its record in the zone. */
export const tokenServicesArePrivate = defineRule({
  name: "token-services-are-private",
  description:
    "Load balancers, tasks and stores that a token service stands on are private, encrypted and pinned, with logs in the zone.",
  remediation:
    "Make load balancers internal with TLS 1.2 or newer, give tasks no public address, pin images by digest, run them as nobody on a read-only file system, log to the zone, and turn TLS on in stores.",
  scope: "stack",
  appliesTo: (type) => clouds.some((cloud) => cloud.appliesTo(type)),
  judge: (resource, context) =>
    clouds
      .filter((cloud) => cloud.appliesTo(resource.type))
      .flatMap((cloud) => cloud.judge(resource, context)),
});
