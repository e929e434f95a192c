import type { FailureCause } from "../../../credential-helper/failure.ts";
import type { SignInSession } from "../../../credential-helper/obtain-types.ts";

/** What the stand-in for signing in does. */
export interface FakePlan {
  /** A line is added for each attempt. */
  readonly attempts: string;
  readonly delayMs?: number;
  /** Address it opens in a browser. */
  readonly opens?: string;
  /** Address it fetches with what the helper gives it; says the status or the error. */
  readonly fetches?: string;
  /** Session it keeps. */
  readonly session?: SignInSession;
  /** Prints the session it finds to standard error. */
  readonly tellsSession?: boolean;
  readonly outcome:
    | {
        readonly kind: "credential";
        /** `unique`: another one at each attempt. */
        readonly token: string;
        readonly livesSeconds: number;
        readonly headers?: Readonly<Record<string, string>>;
      }
    | { readonly kind: "failure"; readonly failure: FailureCause; readonly message: string }
    | { readonly kind: "crash" };
}
