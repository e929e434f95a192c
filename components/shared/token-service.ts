import type * as pulumi from "@pulumi/pulumi";

import type { Zone } from "../../residency/types.ts";

/** A value that is not known before `up`: the service takes it from its environment, if it is of this form. */
export interface FromEnvironment {
  /** Name of the variable. */
  readonly fromEnvironment: string;
  /** `*` stands for letters, digits and hyphens. */
  readonly like: string;
}

/** A key the service signs gateway tokens with, as its configuration names it. */
export type ServiceSigningKey =
  | {
      readonly kind: "aws-kms";
      readonly keyArn: string | FromEnvironment;
      readonly region: string;
    }
  | { readonly kind: "google-kms"; readonly keyVersion: string }
  | { readonly kind: "azure-key-vault"; readonly keyId: string };

/** Where a load balancer of the platform leaves the client certificate it checked. */
export interface PassedCertificate {
  readonly from: "header";
  readonly header: "x-amzn-mtls-clientcert-leaf" | "x-client-cert-leaf" | "x-forwarded-client-cert";
  readonly trustedProxyCidrs: readonly string[];
}

/** What the service's configuration has to say of what was created for it. */
export interface CreatedForService {
  /** `rediss://` address of the store all replicas share. */
  readonly storeUrl: string | FromEnvironment;
  /** Absent unless a gateway route needs one. */
  readonly signingKey?: ServiceSigningKey | undefined;
  /** Absent unless device certificates are let in. */
  readonly clientCertificate?: PassedCertificate | undefined;
}

/** What every cloud's token service is given; each adds its own place and settings. */
export interface TokenServiceArgs {
  readonly zone: Zone;
  /** Name of the stack, for example `eu`. */
  readonly geography: string;
  readonly organization: string;
  /** ISO date. */
  readonly today: string;
  /** Name laptops use, for example `tokens.eu.example.com`. */
  readonly host: string;
  /** Image pinned by digest: `registry/name@sha256:...`. */
  readonly image: string;
  /** Two or more. */
  readonly replicas: number;
  /** IPv4 ranges laptops come from; the only ones let in. */
  readonly clientCidrs: readonly string[];
  /** IPv4 ranges the issuers, and a proxy towards them, answer from. */
  readonly egressCidrs: readonly string[];
  /** PEM of the authorities of device certificates; absent when none are let in. */
  readonly deviceAuthorities?: string | undefined;
  /** Whether a gateway route needs a signing key. */
  readonly signs: boolean;
  /** The service's whole configuration as JSON text, once what it names exists. */
  readonly serviceConfig: (created: CreatedForService) => string;
  /** Days its logs are kept. */
  readonly retentionDays: number;
}

/** What a created token service answers with. */
export interface CreatedTokenService {
  /** Address or name corporate DNS points the host to. */
  readonly target: pulumi.Output<string>;
  /** Where audit events rest. */
  readonly logs: pulumi.Output<string>;
  /** Steps no provider can take, each a sentence. */
  readonly remainingSteps: readonly string[];
}
