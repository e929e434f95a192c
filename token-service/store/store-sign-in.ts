import {
  type OwnAwsIdentity,
  shortLivedKeys,
  usualAwsIdentity,
} from "../../exchange/aws-own-identity.ts";
import { presign } from "../../exchange/aws-presign.ts";
import { managedIdentityToken } from "../../exchange/azure-managed-identity.ts";
import type { ExchangeContext } from "../../exchange/exchange.ts";
import { googleOwnToken } from "../../exchange/google-metadata.ts";
import { type Problem, renderProblems } from "../../residency/problem.ts";

/** How a connection to the store proves who it is; asked for anew with every connection. */
export type StoreSignIn = () => Promise<{
  readonly username?: string;
  readonly password?: string;
}>;

/** Kinds of `COWORK_STORE_AUTH`; without it `COWORK_STORE_PASSWORD` is used, or nothing. */
const kinds = ["aws-memorydb-iam", "google-iam", "entra"] as const;

/** Longest life MemoryDB takes (https://docs.aws.amazon.com/memorydb/latest/devguide/auth-iam.html, 2026-11). */
const memoryDbSeconds = 900;

/** What Azure Managed Redis takes a token for (https://learn.microsoft.com/azure/redis/entra-for-authentication, 2026-11). */
const azureRedisAudience = "https://redis.azure.com";

interface Surroundings {
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly fetch: ExchangeContext["fetch"];
  readonly now: () => number;
  /** Default: the SDK's usual chain. */
  readonly ownAwsIdentity?: OwnAwsIdentity;
}

/**
 * The store's sign-in as the environment says: a password, or a token of the identity the service runs as, so that
 * no password exists anywhere.
 *
 * @throws Error naming every variable that is missing or contradicts another.
 */
export function storeSignIn({ env, fetch, now, ownAwsIdentity }: Surroundings): StoreSignIn {
  const { COWORK_STORE_AUTH: kind, COWORK_STORE_USER: username } = env;
  const problems = problemsOf(env);
  if (problems.length > 0) {
    throw new Error(renderProblems("the store's sign-in cannot be used", problems));
  }
  const context = () => ({ fetch, now, signal: AbortSignal.timeout(5_000) });
  if (kind === "aws-memorydb-iam") {
    const region = env.AWS_REGION ?? "";
    const own = ownAwsIdentity ?? usualAwsIdentity(region);
    return async () => {
      const password = presign(
        {
          method: "GET",
          host: env.COWORK_STORE_CLUSTER ?? "",
          service: "memorydb",
          region,
          parameters: [
            ["Action", "connect"],
            ["User", username ?? ""],
          ],
          lifeSeconds: memoryDbSeconds,
          date: new Date(now()),
        },
        await shortLivedKeys(own),
      );
      return { ...named(username), password };
    };
  }
  if (kind === "google-iam") {
    return async () => ({
      ...named(username),
      password: (await googleOwnToken(context())).token,
    });
  }
  if (kind === "entra") {
    const ask = managedIdentityToken(env, azureRedisAudience);
    return async () => ({ ...named(username), password: (await ask(context())).token });
  }
  const { COWORK_STORE_PASSWORD: password } = env;
  return async () => ({ ...named(username), ...(password === undefined ? {} : { password }) });
}

function problemsOf(env: Surroundings["env"]): Problem[] {
  const { COWORK_STORE_AUTH: kind } = env;
  if (kind === undefined) return [];
  const known = kinds.find((one) => one === kind);
  if (known === undefined) {
    return [{ path: "COWORK_STORE_AUTH", reason: `is none of ${kinds.join(", ")}` }];
  }
  const needed = {
    "aws-memorydb-iam": ["COWORK_STORE_CLUSTER", "COWORK_STORE_USER", "AWS_REGION"],
    "google-iam": [],
    entra: ["COWORK_STORE_USER"],
  }[known];
  const missing = needed
    .filter((name) => !env[name])
    .map((name) => ({ path: name, reason: `missing; ${kind} needs it` }));
  return env.COWORK_STORE_PASSWORD === undefined
    ? missing
    : [
        ...missing,
        { path: "COWORK_STORE_PASSWORD", reason: `contradicts ${kind}; remove one of the two` },
      ];
}

function named(username: string | undefined): { readonly username?: string } {
  return username === undefined ? {} : { username };
}
