import type { TokenServiceConfig } from "../contract/token-service-config.ts";
import type { Dependencies } from "./server/dependencies.ts";

/** What gets credentials and signs: opened once, from the configuration. */
export interface Providers {
  readonly exchange: Dependencies["exchange"];
  readonly jwks: Dependencies["jwks"];
  /** Why nothing can be signed; absent when it can, or when no route needs it. */
  readonly signingProblem: () => string | undefined | Promise<string | undefined>;
}

export interface ProviderSurroundings {
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970-01-01. */
  readonly now: () => number;
}

/** @throws Error with every problem when something of it cannot be used. */
export type OpenProviders = (
  config: TokenServiceConfig,
  surroundings: ProviderSurroundings,
) => Promise<Providers>;
