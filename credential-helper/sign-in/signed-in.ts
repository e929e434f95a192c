/** What a sign-in or its renewal brought. Never logged, never part of an error. */
export interface SignedIn {
  readonly accessToken: string;
  /** `dpop` when the issuer bound the access token to the proof key. */
  readonly accessTokenType: "bearer" | "dpop";
  /** Seconds since 1970-01-01; absent when the issuer did not say. */
  readonly accessTokenExpiresAtEpochSeconds: number | undefined;
  /** Scopes granted; absent when they are those asked for (RFC 6749, 5.1). */
  readonly grantedScopes: readonly string[] | undefined;
  /** Absent when a renewal brought none. */
  readonly idToken: IdToken | undefined;
  /** Absent when the issuer gave none, or no new one. */
  readonly refreshToken: string | undefined;
}

export interface IdToken {
  readonly text: string;
  readonly subject: string;
  readonly expiresAtEpochSeconds: number;
}
