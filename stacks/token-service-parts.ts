import type { TokenServiceArgs } from "../components/shared/token-service.ts";
import type { ServedRoute } from "../contract/token-service-config.ts";
import type { Problem } from "../residency/problem.ts";
import type { RouteConfig } from "./config-schema.ts";
import { type GeographyFacts, serviceConfigOf } from "./token-service-config.ts";
import type { CreatedTokenServiceSettings } from "./token-service-schema.ts";

/** A token service to create: what every cloud's component is given, and what it is made of. */
export interface ServiceParts {
  readonly facts: GeographyFacts;
  readonly settings: CreatedTokenServiceSettings;
  /** Routes the service makes credentials for, as its own configuration has them. */
  readonly served: readonly ServedRoute[];
  readonly shared: TokenServiceArgs;
}

/** @throws ZodError unless the rules of `token-service-rules.ts` hold. */
export function serviceParts(
  facts: GeographyFacts,
  settings: CreatedTokenServiceSettings,
  routes: readonly RouteConfig[],
): ServiceParts {
  const { routes: served } = serviceConfigOf(facts, settings, routes, {
    storeUrl: "rediss://store.example.com:6379",
  });
  const { host, image, replicas, clientCidrs, egressCidrs, retentionDays, trustPolicy } = settings;
  const authorities = trustPolicy.deviceAuthorities.map(({ certificates }) => certificates.trim());
  return {
    facts,
    settings,
    served,
    shared: {
      ...facts,
      host,
      image,
      replicas,
      clientCidrs,
      egressCidrs,
      ...(authorities.length === 0 ? {} : { deviceAuthorities: `${authorities.join("\n")}\n` }),
      signs: served.some(({ provider }) => provider === "gateway"),
      serviceConfig: (created) => JSON.stringify(serviceConfigOf(facts, settings, routes, created)),
      retentionDays,
    },
  };
}

/** What a component refuses, at the place of the file where it stands: in the block's part for its cloud, or beside it. */
export function inServiceBlock(
  problems: readonly Problem[],
  part: "aws" | "google" | "azure",
  ofPart: readonly string[],
): Problem[] {
  return problems.map(({ path, reason }) => {
    const [first = ""] = path.split(/[.[]/);
    const here = path.replaceAll(/\[(\d+)\]/g, ".$1");
    return { path: `tokenService.${ofPart.includes(first) ? `${part}.` : ""}${here}`, reason };
  });
}
