import { ExchangeError } from "./exchange.ts";

/** What the SDK's chain found; `sessionToken` and `expiration` are what short-lived keys have. */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Where the service's own keys come from. */
export type OwnAwsIdentity = () => Promise<AwsKeys>;

/**
 * The service's own AWS identity: what the SDK's usual chain finds (ECS and EKS container credentials, the
 * instance's role, a web identity file), as long as it is short-lived. A long-lived access key is refused
 * wherever it came from: one left over in an environment would otherwise be used silently, by every replica, for
 * years.
 *
 * @throws ExchangeError `refused` for long-lived keys, `unavailable` when nothing is found.
 */
export async function shortLivedKeys(find: OwnAwsIdentity): Promise<AwsKeys> {
  const host = "the service's own AWS identity";
  let keys: AwsKeys;
  try {
    keys = await find();
  } catch {
    const message =
      "no AWS credentials were found for the service itself; give its task, pod or instance a role";
    throw new ExchangeError("unavailable", host, message);
  }
  if (keys.sessionToken === undefined || keys.sessionToken === "") {
    const message =
      "the service itself was given a long-lived AWS access key, which is not used; remove it and give its task, pod or instance a role";
    throw new ExchangeError("refused", host, message);
  }
  return keys;
}

/** The SDK's usual chain. It remembers what it found until shortly before its end: make one, keep it. */
export function usualAwsIdentity(region: string): OwnAwsIdentity {
  let chain: Promise<OwnAwsIdentity> | undefined;
  return async () => {
    chain ??= import("@aws-sdk/client-sts").then(
      ({ STSClient }) => new STSClient({ region }).config.credentials,
    );
    return (await chain)();
  };
}
