import type { IncomingMessage } from "node:http";

import type { ServedRoute } from "../../contract/token-service-config.ts";
import type { ExchangeContext, ProviderCredential } from "../../exchange/exchange.ts";
import type { Audit } from "../audit/audit.ts";
import type { Decision } from "../decision.ts";
import type { Evidence, Identity, Refused } from "../identity.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Store } from "../store.ts";

/** What a credential is limited to. */
export interface Grant {
  readonly sessionSeconds: number;
  /** Ids of the route's models; absent: all of the route's. */
  readonly models: readonly string[] | undefined;
}

/** One thing without which no request can be answered. */
export interface Part {
  readonly name: "policy" | "issuers" | "signing-keys";
  /** Why it is not ready, in a sentence without names of hosts or people; absent when it is. */
  readonly unready: () => string | undefined | Promise<string | undefined>;
}

/** Everything the server asks of the rest, handed in so that each can be replaced. */
export interface Dependencies {
  readonly geography: string;
  /** Origin callers use, without a path. */
  readonly publicUrl: string;
  readonly routes: readonly ServedRoute[];
  readonly requestsPerMinute: number;
  /** Longest work on one request. */
  readonly requestTimeoutSeconds: number;
  readonly onStoreFailure: "refuse" | "allow-unchecked";

  /** Client certificates of a request, DER, leaf first; a refusal when somebody passes one on who may not. */
  readonly certificatesOf: (request: IncomingMessage) => readonly Uint8Array[] | Refused;
  readonly verifyIdentity: (evidence: Evidence) => Promise<Identity | Refused>;
  /** What the policies say; refuses another geography and routes that are not served. */
  readonly decide: (
    identity: Identity,
    asked: { readonly geography: string; readonly route: string },
  ) => Decision;
  /** Why the identity may not revoke; absent when it may. */
  readonly administratorProblem: (identity: Identity) => Refused | undefined;
  readonly exchange: (
    route: ServedRoute,
    identity: Identity,
    grant: Grant,
    context: ExchangeContext,
  ) => Promise<ProviderCredential>;
  /** Public halves of every signing key. */
  readonly jwks: () => Promise<{ readonly keys: readonly object[] }>;

  readonly store: Store;
  readonly audit: Audit;
  readonly metrics: Metrics;
  readonly parts: readonly Part[];
  /** Milliseconds since 1970-01-01. */
  readonly now: () => number;
  readonly fetch: typeof globalThis.fetch;
}
