import { parsedConfig } from "../shared/config-text.ts";
import { isMap, type Properties, unknown, type Value } from "../struct.ts";

/** What one configured AWS provider means for the resources it serves. */
export interface Settings {
  /** Region of the provider; absent when it was given none. */
  readonly region?: string;
  readonly accountId: string;
  /** Tags the provider puts on everything. */
  readonly defaultTags: Readonly<Record<string, Value>>;
}

/** Account of a provider that names none: the one AWS uses in its own examples. */
export const exampleAccountId = "123456789012";

/**
 * Reads a provider's configuration as the engine sends it (everything but text is JSON text).
 *
 * The account is the only one of `allowedAccountIds`, else the one of the assumed role, else `fallback`.
 */
export function readSettings(config: Properties, fallback: string = exampleAccountId): Settings {
  const { region } = config;
  const tags = asMap(parsedConfig(config.defaultTags)).tags;
  return {
    ...(typeof region === "string" && region !== "" && region !== unknown ? { region } : {}),
    accountId: allowedAccount(config) ?? assumedAccount(config) ?? fallback,
    defaultTags: asMap(tags),
  };
}

function allowedAccount(config: Properties): string | undefined {
  const allowed = parsedConfig(config.allowedAccountIds);
  if (!Array.isArray(allowed) || allowed.length !== 1) return undefined;
  const [only]: unknown[] = allowed;
  return typeof only === "string" && only !== unknown ? only : undefined;
}

function assumedAccount(config: Properties): string | undefined {
  const roles = parsedConfig(config.assumeRoles);
  if (!Array.isArray(roles)) return undefined;
  const [first]: Value[] = roles;
  const arn = asMap(first).roleArn;
  return typeof arn === "string" ? /^arn:[^:]*:iam::(\d{12}):/.exec(arn)?.[1] : undefined;
}

function asMap(value: Value | undefined): Properties {
  return isMap(value) ? value : {};
}

/** AWS partition a region belongs to, by its prefix. */
export function partitionNameOf(region: string | undefined): string {
  if (region?.startsWith("us-gov-")) return "aws-us-gov";
  if (region?.startsWith("cn-")) return "aws-cn";
  if (region?.startsWith("eusc-")) return "aws-eusc";
  return "aws";
}
