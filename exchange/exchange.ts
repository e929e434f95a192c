import type { CredentialKind } from "../contract/token-api.ts";

/** A credential for one provider, and how long it lives. Never logged, never part of an error. */
export interface ProviderCredential {
  readonly token: string;
  readonly kind: CredentialKind;
  /** Headers every inference request has to carry besides. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly expiresAtEpochSeconds: number;
}

/** What an exchange needs of its surroundings; replaced in tests. */
export interface ExchangeContext {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970-01-01. */
  readonly now: () => number;
  /** Ends the exchange: the caller's timeout, or a shutdown. */
  readonly signal: AbortSignal;
}

/** Why a provider gave nothing. `refused`: asking again changes nothing. `unavailable`: it may. */
export type ExchangeFailureKind = "refused" | "unavailable";

/** The one error an exchange throws: a sentence for an administrator, without any part of a token. */
export class ExchangeError extends Error {
  readonly kind: ExchangeFailureKind;
  /** What answered, for example `sts.eu-central-1.amazonaws.com`. */
  readonly host: string;
  /** The provider's own error code, for example `AccessDenied`; absent when none came back. */
  readonly providerCode: string | undefined;

  constructor(
    kind: ExchangeFailureKind,
    host: string,
    message: string,
    providerCode?: string | undefined,
  ) {
    super(message);
    this.name = "ExchangeError";
    this.kind = kind;
    this.host = host;
    this.providerCode = providerCode;
  }
}
