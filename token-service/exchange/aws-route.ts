import { assumeRole } from "../../exchange/aws-assume-role.ts";
import type { OwnAwsIdentity } from "../../exchange/aws-own-identity.ts";
import { sessionPolicy } from "../../exchange/aws-session-policy.ts";
import { assumeRoleWithWebIdentity } from "../../exchange/aws-web-identity.ts";
import { bedrockKey } from "../../exchange/bedrock-key.ts";
import type { ExchangeContext, ProviderCredential } from "../../exchange/exchange.ts";
import type { Identity } from "../identity.ts";
import { type ExchangeGrant, type RouteOf, tokenToHandOn } from "./grant.ts";

type AwsRoute = RouteOf<"bedrock" | "mantle">;

/**
 * A session of the route's role, narrowed to the granted models, and a key of it for the route's region. The
 * session itself never leaves the service: the key works in one region only, which the session does not.
 */
export async function awsCredential(
  request: {
    readonly route: AwsRoute;
    readonly identity: Identity;
    readonly grant: ExchangeGrant;
    readonly geography: string;
  },
  context: ExchangeContext,
  ownIdentity: OwnAwsIdentity,
): Promise<ProviderCredential> {
  const { route, identity, grant } = request;
  const { partition, region, stsUrl } = route;
  const { roleArn } = route.exchange;
  const session = {
    partition,
    region,
    roleArn,
    stsUrl,
    sessionOf: identity.user ?? identity.device,
    sessionSeconds: grant.sessionSeconds,
    policy: sessionPolicy({ ...route, roleArn }, grant.models),
  };
  const keys =
    route.exchange.kind === "web-identity"
      ? await assumeRoleWithWebIdentity(
          { ...session, token: tokenToHandOn(route, identity) },
          context,
        )
      : await assumeRole(
          { ...session, tags: { ...route.exchange.sessionTags, ...ownTags(request) } },
          context,
          ownIdentity,
        );
  return bedrockKey({ session: keys, region, lifeSeconds: grant.sessionSeconds }, context);
}

/** Set last: a route's own tags never stand in for these. */
function ownTags({
  route,
  identity,
  geography,
}: {
  readonly route: AwsRoute;
  readonly identity: Identity;
  readonly geography: string;
}): Readonly<Record<string, string>> {
  return {
    "cowork:geography": geography,
    "cowork:route": route.name,
    // Empty rather than absent: a policy that asks for the tag then has something to refuse.
    "cowork:user": identity.user ?? "",
    "cowork:device": identity.device ?? "",
  };
}

/** IAM: letters, digits, spaces and `_.:/=+-@`, at most 128 (see aws-names.ts for values). */
const tagKey = /^[\p{L}\p{N} _.:/=+@-]{1,128}$/u;

/** What is wrong with a route's own session tags; for a check at start. */
export function sessionTagProblems(tags: Readonly<Record<string, string>>): string[] {
  return Object.keys(tags).flatMap((key) => {
    const named = `session tag ${JSON.stringify(key)}`;
    // AWS compares tag keys without regard to case.
    if (/^cowork:/i.test(key))
      return [`${named}: names that start with cowork: are the service's own`];
    if (/^aws:/i.test(key)) return [`${named}: names that start with aws: are AWS's own`];
    return tagKey.test(key)
      ? []
      : [`${named}: AWS takes letters, digits, spaces and _.:/=+-@, at most 128`];
  });
}
