import type { TokenServiceConfig } from "../contract/token-service-config.ts";
import type { CompiledTrustPolicy } from "./policy/compiled.ts";
import { memoryStore } from "./store/memory.ts";
import { type RedisStore, redisStore } from "./store/redis.ts";
import { storeSignIn } from "./store/store-sign-in.ts";
import type { Store } from "./store.ts";

interface Surroundings {
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  /** The policy in force. */
  readonly policy: () => CompiledTrustPolicy;
}

export function openStore(config: TokenServiceConfig, surroundings: Surroundings): Store {
  return config.store.kind === "memory"
    ? memoryStore(surroundings)
    : openRedisStore(config, config.store, surroundings);
}

export function openRedisStore(
  { geography }: Pick<TokenServiceConfig, "geography">,
  { url, durability, expect }: Extract<TokenServiceConfig["store"], { kind: "redis" }>,
  { env, fetch, now, policy }: Surroundings,
): RedisStore {
  return redisStore({
    url,
    geography,
    durability,
    expect,
    now,
    signIn: storeSignIn({ env, fetch, now }),
    lossMattersSeconds: () => lossMattersSeconds(policy()),
  });
}

/** What a store forgot matters until the oldest token it had seen and the last credential of that time are over. */
export function lossMattersSeconds({ issuers, policies }: CompiledTrustPolicy): number {
  const ages = issuers.map(
    ({ maxTokenAgeSeconds, clockSkewSeconds }) => maxTokenAgeSeconds + 2 * clockSkewSeconds,
  );
  const sessions = policies.map(({ sessionSeconds }) => sessionSeconds);
  return Math.max(0, ...ages) + Math.max(0, ...sessions);
}
