import { roleSessionName } from "./aws-names.ts";
import type { AwsRole } from "./aws-place.ts";
import { askSts } from "./aws-sts.ts";
import type { AwsSession } from "./bedrock-key.ts";
import type { ExchangeContext } from "./exchange.ts";

/** A person's token for a session of a role that trusts the token's issuer. */
export interface WebIdentityRequest extends AwsRole {
  /** The token of the sign-in; its audience has to be one the role's trust policy names. */
  readonly token: string;
  /** Person or device, as CloudTrail will show it. */
  readonly sessionOf: string | undefined;
  /** 900 to the role's own maximum, 43,200 at most. */
  readonly sessionSeconds: number;
  /** Session policy; absent: all the role may do. */
  readonly policy?: string | undefined;
}

/**
 * `AssumeRoleWithWebIdentity` at the region's STS. The call is not signed: no credential of AWS is looked for,
 * on a laptop or in a container.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html (2026-11)
 */
export async function assumeRoleWithWebIdentity(
  request: WebIdentityRequest,
  context: ExchangeContext,
): Promise<AwsSession> {
  return askSts(
    request,
    noCredentials,
    (client, { AssumeRoleWithWebIdentityCommand }) =>
      client.send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn: request.roleArn,
          RoleSessionName: roleSessionName(request.sessionOf),
          WebIdentityToken: request.token,
          DurationSeconds: request.sessionSeconds,
          Policy: request.policy,
        }),
      ),
    context,
  );
}

/** Fails loudly where the client would start to look for credentials after all. */
async function noCredentials(): Promise<never> {
  throw new Error("AssumeRoleWithWebIdentity is not signed");
}
