import type {
  AssumeRoleResponse,
  AssumeRoleWithWebIdentityResponse,
  STSClient,
  STSClientConfig,
} from "@aws-sdk/client-sts";

import { checkedExpiry } from "./answer.ts";
import { awsFailure, awsRequestHandler } from "./aws-http.ts";
import { type AwsRole, roleOf, stsEndpoint, stsRegion } from "./aws-place.ts";
import type { AwsSession } from "./bedrock-key.ts";
import { type ExchangeContext, ExchangeError } from "./exchange.ts";

type Sdk = typeof import("@aws-sdk/client-sts");

/**
 * One call of STS: AWS's client writes and reads it, this file decides where it goes and what is believed.
 * Retries are the caller's; nothing is taken from the machine's AWS configuration but `credentials`.
 *
 * @throws ExchangeError in every case but a session of the role that was asked for.
 */
export async function askSts(
  role: AwsRole & { readonly sessionSeconds: number },
  credentials: STSClientConfig["credentials"],
  send: (
    client: STSClient,
    sdk: Sdk,
  ) => Promise<AssumeRoleResponse | AssumeRoleWithWebIdentityResponse>,
  context: ExchangeContext,
): Promise<AwsSession> {
  const endpoint = stsEndpoint(role);
  const { host } = new URL(endpoint);
  // On demand: it takes longer to load than everything else in a helper's process.
  const sdk = await import("@aws-sdk/client-sts");
  const client = new sdk.STSClient({
    region: stsRegion(role),
    endpoint,
    // Both would change the host that was chosen here.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    maxAttempts: 1,
    ...(credentials === undefined ? {} : { credentials }),
    requestHandler: awsRequestHandler(context),
  });
  try {
    return sessionOf(await send(client, sdk), role, host, context);
  } catch (error) {
    throw awsFailure(error, host, stsCodes);
  } finally {
    client.destroy();
  }
}

/** Error codes of STS that help an administrator, besides those of AWS in general. */
const stsCodes: ReadonlySet<string> = new Set([
  "IDPCommunicationError",
  "IDPRejectedClaim",
  "InvalidIdentityToken",
  "MalformedPolicyDocument",
  "PackedPolicyTooLarge",
  "RegionDisabledException",
  "SessionDurationEscalationException",
]);
/** Nothing but a session of that role, of that account, that ends in time. */
function sessionOf(
  answer: AssumeRoleResponse | AssumeRoleWithWebIdentityResponse,
  role: AwsRole & { readonly sessionSeconds: number },
  host: string,
  context: ExchangeContext,
): AwsSession {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken) {
    throw new ExchangeError("refused", host, `${host} answered without a complete session`);
  }
  const { account, name } = roleOf(role.roleArn);
  const assumed = `arn:${role.partition}:sts::${account}:assumed-role/${name}/`;
  if (answer.AssumedRoleUser?.Arn?.startsWith(assumed) !== true) {
    const message = `${host} answered with a session of another role than the route's`;
    throw new ExchangeError("refused", host, message);
  }
  const expiresAtEpochSeconds = checkedExpiry(
    {
      host,
      expiresAtEpochSeconds: Expiration === undefined ? Number.NaN : Expiration.getTime() / 1000,
      askedSeconds: role.sessionSeconds,
      clock: "theirs",
      fix: "whatever answers there is not AWS",
    },
    context,
  );
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiresAtEpochSeconds,
  };
}
