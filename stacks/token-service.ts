import type { TokenServiceOutputs } from "../contract/token-service.ts";
import type { GeographyConfig } from "./config-schema.ts";

type Settings = NonNullable<GeographyConfig["tokenService"]>;

/** What laptops and profiles have to know of a service that somebody else runs. */
export function existingServiceOutputs({
  url,
  routes,
  longestSessionSeconds,
}: Extract<Settings, { kind: "existing" }>): TokenServiceOutputs {
  return { url, routes: [...routes], longestSessionSeconds, remainingSteps: [] };
}
