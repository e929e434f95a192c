import type { GoogleTokenServiceArgs } from "../components/gcp/token-service/args.ts";
import { checkTokenService } from "../components/gcp/token-service/checks.ts";
import { sharedWithRoute } from "../components/gcp/token-service/shared-with-route.ts";
import type { Problem } from "../residency/problem.ts";
import type { RouteConfig } from "./config-schema.ts";
import { withInstalledHelper } from "./installed-helper.ts";
import { inServiceBlock, type ServiceParts } from "./token-service-parts.ts";

type GoogleRoute = Extract<RouteConfig, { provider: "vertex" }>;

/** What the component at Google is given, from the block that asks for it and the route it runs on. */
export function googleServiceArgs(
  { facts, settings, served, shared }: ServiceParts,
  runsOn: GoogleRoute,
): GoogleTokenServiceArgs {
  const { google } = settings;
  if (google === undefined) throw new Error("the rules let a token service pass without its part");
  const route = sharedWithRoute({ ...facts, route: withInstalledHelper(runsOn) });
  const accounts = served.flatMap(({ exchange }) =>
    exchange.kind === "impersonate" ? [exchange.serviceAccount] : [],
  );
  return {
    ...shared,
    ...google,
    projectId: route.projectId,
    region: route.region,
    key: route.key,
    // Absent on a route that laptops reach by Google's public host; the checks then ask for one.
    network: { ...google.network, network: google.network.network ?? route.network ?? "" },
    callers: [...new Set(accounts)],
  };
}

/** Settings that stand in the block's Google part; every other one stands beside it. */
const ofGoogle = [
  "certificate",
  "network",
  "store",
  "maxReplicas",
  "binaryAuthorization",
  "deletionProtection",
];

/** What the component refuses, at the place of the file where it stands. */
export function googleServiceProblems(parts: ServiceParts, runsOn: GoogleRoute): Problem[] {
  return inServiceBlock(checkTokenService(googleServiceArgs(parts, runsOn)), "google", ofGoogle);
}
