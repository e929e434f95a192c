import { roleSessionName, sessionTagValue } from "./aws-names.ts";
import { type OwnAwsIdentity, shortLivedKeys } from "./aws-own-identity.ts";
import { type AwsRole, stsEndpoint } from "./aws-place.ts";
import { askSts } from "./aws-sts.ts";
import type { AwsSession } from "./bedrock-key.ts";
import { type ExchangeContext, ExchangeError } from "./exchange.ts";

/** A session of a role that trusts the service's own identity. */
export interface AssumeRoleRequest extends AwsRole {
  /** Person or device, as CloudTrail will show it. */
  readonly sessionOf: string | undefined;
  /** 900 to 3600: AWS ends a session that a role took sooner or later after one hour. */
  readonly sessionSeconds: number;
  /** Seen by policies as `aws:PrincipalTag/...`; the trust policy has to allow `sts:TagSession`. */
  readonly tags: Readonly<Record<string, string>>;
  /** Session policy; absent: all the role may do. */
  readonly policy?: string | undefined;
}

/** AWS takes 50 session tags (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html, 2026-11). */
const mostTags = 50;

/**
 * `AssumeRole` at the region's STS.
 *
 * @param ownIdentity Usually {@link usualAwsIdentity}; what it finds has to be short-lived.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (2026-11)
 */
export async function assumeRole(
  request: AssumeRoleRequest,
  context: ExchangeContext,
  ownIdentity: OwnAwsIdentity,
): Promise<AwsSession> {
  const { host } = new URL(stsEndpoint(request));
  const tags = tagsOf(request.tags, host);
  const keys = await shortLivedKeys(ownIdentity);
  return askSts(
    request,
    keys,
    (client, { AssumeRoleCommand }) =>
      client.send(
        new AssumeRoleCommand({
          RoleArn: request.roleArn,
          RoleSessionName: roleSessionName(request.sessionOf),
          DurationSeconds: request.sessionSeconds,
          Tags: tags,
          Policy: request.policy,
        }),
      ),
    context,
  );
}

function tagsOf(tags: Readonly<Record<string, string>>, host: string) {
  const written = Object.entries(tags).map(([Key, value]) => ({
    Key,
    Value: sessionTagValue(value),
  }));
  const bad = written.filter(({ Value }) => Value === undefined).map(({ Key }) => Key);
  if (bad.length > 0) {
    const message = `the session tags ${bad.join(", ")} would be longer than the 256 characters AWS takes`;
    throw new ExchangeError("refused", host, message);
  }
  if (written.length > mostTags) {
    const message = `${written.length} session tags are more than the ${mostTags} AWS takes`;
    throw new ExchangeError("refused", host, message);
  }
  return written;
}
