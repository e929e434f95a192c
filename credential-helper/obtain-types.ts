import type { HelperConfig } from "../contract/helper-config.ts";
import type { ProviderCredential } from "../exchange/exchange.ts";
import type { HelperContext } from "./context.ts";

/** What outlives a run besides the credential: kept like it, in the same store. */
export interface SignInSession {
  /** Absent where the issuer gave none. */
  readonly refreshToken: string | undefined;
  /** Private key of DPoP as a JWK text; absent without DPoP. */
  readonly proofKey: string | undefined;
}

/** What obtaining a credential needs of its surroundings; replaced in tests. */
export interface ObtainContext {
  readonly context: HelperContext;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970-01-01. */
  readonly now: () => number;
  /** Ends everything that is under way: the run's own deadline. */
  readonly signal: AbortSignal;
  /** Opens an address in the person's browser; false where there is none. */
  readonly openBrowser: (address: string) => Promise<boolean>;
  /** One line a person or a log reads: standard error. Never a secret. */
  readonly tell: (line: string) => void;
  readonly readSession: () => Promise<SignInSession | undefined>;
  /** Resolves once it is kept: a rotated refresh token that is lost signs the person out. */
  readonly writeSession: (session: SignInSession | undefined) => Promise<void>;
}

/** Signs in as the context allows, and exchanges what came of it; called by one process at a time. */
export type Obtain = (config: HelperConfig, around: ObtainContext) => Promise<ProviderCredential>;
