import type { TokenServiceConfig } from "../../contract/token-service-config.ts";
import type { TrustPolicy } from "../../contract/trust-policy.ts";
import type { IdentityRules } from "../identity/verify-identity.ts";
import type { ClaimPattern } from "./pattern.ts";

export interface CompiledClaim {
  readonly claim: string;
  readonly matches: ClaimPattern["matches"];
}

export interface CompiledPolicy {
  readonly name: string;
  readonly mode: TrustPolicy["policies"][number]["mode"];
  readonly from: string;
  readonly claims: readonly CompiledClaim[];
  readonly routes: ReadonlySet<string>;
  readonly models: readonly string[] | undefined;
  readonly sessionSeconds: number;
}

/** A trust policy that was checked as a whole for one service; only looked up from here on. */
export interface CompiledTrustPolicy extends IdentityRules {
  /** The only one this service gives credentials for. */
  readonly geography: string;
  /** Names of the routes it serves. */
  readonly routes: ReadonlySet<string>;
  /** In the file's order. */
  readonly policies: readonly CompiledPolicy[];
  readonly administrators: readonly {
    readonly from: string;
    readonly claims: readonly CompiledClaim[];
  }[];
}

/** The service a trust policy is compiled for. */
export type CompiledFor = Pick<TokenServiceConfig, "geography" | "routes" | "clientCertificate">;
