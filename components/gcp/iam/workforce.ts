import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../../shared/input-check.ts";
import { checkWorkforce } from "./workforce-checks.ts";
import {
  type WorkforceArgs,
  workforceCondition,
  workforceMapping,
  workforceNames,
} from "./workforce-names.ts";

/** Google's own default, written out because it is part of the contract. */
const defaultSessionSeconds = 3600;

/** Arguments of {@link WorkforceAccess}. */
export interface WorkforceAccessArgs extends WorkforceArgs {
  /** What must exist before: the project's APIs. */
  readonly after?: readonly pulumi.Resource[] | undefined;
}

/** Identifiers of a workforce sign-in; no secret. */
export interface WorkforceSignIn {
  readonly kind: "workforce";
  readonly audience: string;
  readonly principalSet: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly sessionSeconds: number;
}

/**
 * People of the company's own identity provider become principals that Google Cloud knows.
 *
 * Creates: a workforce pool of the organization and its one provider. The pool by itself grants nothing: give
 * `signIn.principalSet` to `CallerRole`. Identities are the organization's and `global`: where people are
 * checked is not where prompts are processed.
 *
 * @throws pulumi.ResourceError naming every rejected setting; see {@link checkWorkforce}.
 * @see https://docs.cloud.google.com/iam/docs/workforce-identity-federation
 */
export class WorkforceAccess extends pulumi.ComponentResource {
  /** Plain, so that previews and profiles know it. */
  readonly signIn: WorkforceSignIn;

  constructor(name: string, args: WorkforceAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:WorkforceAccess", name, {}, opts);
    const { organizationId, label, settings, after = [] } = args;
    rejectBadInputs(this, name, checkWorkforce("settings", args));

    const names = workforceNames(label, settings);
    const sessionSeconds = settings.sessionSeconds ?? defaultSessionSeconds;
    // No accessRestrictions: the one switch that narrows programmatic sign-in turns off the token service,
    // which is how the application signs in.
    const pool = new gcp.iam.WorkforcePool(
      `${name}-pool`,
      {
        parent: `organizations/${organizationId}`,
        location: "global",
        workforcePoolId: names.poolId,
        displayName: "Claude Desktop",
        description: `People who use Claude through ${label}.`.slice(0, 256),
        sessionDuration: `${sessionSeconds}s`,
      },
      { parent: this, dependsOn: [...after] },
    );
    new gcp.iam.WorkforcePoolProvider(
      `${name}-provider`,
      {
        location: "global",
        workforcePoolId: names.poolId,
        providerId: names.providerId,
        displayName: "Claude Desktop",
        attributeMapping: workforceMapping(settings),
        attributeCondition: workforceCondition(settings),
        oidc: {
          issuerUri: settings.issuer,
          clientId: settings.clientId,
          // The API requires it, for browser sign-in to the console, which a public client without the
          // implicit flow cannot do: nothing is opened. CODE would need a client secret in the state.
          // https://docs.cloud.google.com/sdk/gcloud/reference/iam/workforce-pools/providers/create-oidc (read 2026-11-21)
          webSsoConfig: {
            responseType: "ID_TOKEN",
            assertionClaimsBehavior: "ONLY_ID_TOKEN_CLAIMS",
          },
        },
      },
      { parent: this, dependsOn: [pool] },
    );

    this.signIn = {
      kind: "workforce",
      audience: names.audience,
      principalSet: names.principalSet,
      issuer: settings.issuer,
      clientId: settings.clientId,
      sessionSeconds,
    };
    this.registerOutputs({ signIn: this.signIn });
  }
}
