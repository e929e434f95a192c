/**
 * Exit codes, one a cause, stable: Claude Desktop shows any other than 0 as a failed refresh, and
 * administrators look them up in docs/credential-helper.md.
 */
export const exitCodes = {
  ok: 0,
  /** Claimed by the runtime itself for what nobody foresaw. */
  internal: 1,
  usage: 2,
  /** The machine-wide configuration is missing, unreadable, invalid, or could be written by others. */
  configuration: 3,
  /** A person has to sign in, and the context forbids to ask for it. */
  signInNeeded: 4,
  /** The person did not finish signing in, or the issuer refused. */
  signInFailed: 5,
  /** The token service or the provider said no; asking again changes nothing. */
  refused: 6,
  /** Nobody answered, or only with trouble; asking again may help. */
  unavailable: 7,
  /** The answer was for another geography or route, or lives too short for the profile. */
  wrongCredential: 8,
  /** The device certificate or its key cannot be used. */
  deviceCertificate: 9,
  /** The secret store or the cache folder cannot be used. */
  localStore: 10,
} as const;

export type FailureCause = Exclude<keyof typeof exitCodes, "ok">;

/** The one error the helper ends with: one line for an administrator, never any part of a secret. */
export class HelperFailure extends Error {
  readonly failure: FailureCause;

  constructor(failure: FailureCause, message: string) {
    super(message);
    this.name = "HelperFailure";
    this.failure = failure;
  }
}
