import type { RefusalCode } from "../contract/token-api.ts";

/** What the policies say of one identity and one route. */
export type Decision =
  | {
      readonly decision: "allow";
      /** Name of the policy that allowed it. */
      readonly policy: string;
      readonly sessionSeconds: number;
      /** Ids of the route's models the credential is limited to; absent: all of the route's. */
      readonly models: readonly string[] | undefined;
      /** Audit-only policies that match too: what they would have done. */
      readonly wouldAllow: readonly string[];
    }
  | {
      readonly decision: "refuse";
      readonly code: RefusalCode;
      /** One sentence for an administrator; no claim value. */
      readonly reason: string;
      readonly wouldAllow: readonly string[];
    };

/** One per decision, on standard output and over OTLP. Every field is listed here; nothing else is written. */
export interface AuditEvent {
  readonly event: "token.decision" | "revocation" | "policy.reload";
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly traceId: string;
  readonly geography: string;
  readonly route?: string;
  readonly provider?: string;
  readonly context?: string;
  readonly decision: "allow" | "refuse";
  /** Policy that allowed, or audit-only policies that would have. */
  readonly policy?: string;
  readonly wouldAllow?: readonly string[];
  /** Refusal code; absent when allowed. */
  readonly code?: string;
  readonly reason?: string;
  /** Name of the issuer or device authority. */
  readonly from?: string;
  readonly user?: string;
  readonly device?: string;
  readonly tokenHash?: string;
  /** Of the key that a DPoP proof or a certificate showed; a revocation by key names it. */
  readonly keyThumbprint?: string;
  readonly expiresAtEpochSeconds?: number;
  readonly durationMilliseconds?: number;
  /** Of a revocation. */
  readonly subject?: string;
  readonly revokedBy?: string;
}
