import { checkCidrs } from "../../shared/block-problems.ts";
import type { Problem } from "../../shared/input-check.ts";
import type { ServiceStore } from "./args.ts";
import { vaultSecret } from "./ids.ts";

/** Host and port of a store's address; `undefined` for anything but `rediss://host[:port]`. */
export function storeAddress(
  url: string,
): { readonly host: string; readonly port: number } | undefined {
  const [, host, port] = /^rediss:\/\/([a-z0-9.-]+)(?::(\d{1,5}))?\/?$/.exec(url) ?? [];
  return host === undefined ? undefined : { host, port: Number(port ?? 6379) };
}

/**
 * Sizes that keep what they hold on disk and, because one shard holds all keys of a geography, have 25 GB at most. B0
 * and B1 are left out: the kit has found no page that says they persist.
 * @see https://learn.microsoft.com/azure/redis/how-to-persistence
 * @see https://learn.microsoft.com/azure/redis/architecture (non-clustered instances; looked up 2026-11-21)
 */
const skus: readonly string[] = [
  ...["Balanced_B3", "Balanced_B5", "Balanced_B10", "Balanced_B20"],
  ...["MemoryOptimized_M10", "MemoryOptimized_M20"],
  ...["ComputeOptimized_X3", "ComputeOptimized_X5", "ComputeOptimized_X10", "ComputeOptimized_X20"],
];

export function checkStore(store: ServiceStore): Problem[] {
  if (store.kind === "create") {
    const { sku = "Balanced_B3" } = store;
    if (skus.includes(sku)) return [];
    const reason = `"${sku}"; use one of ${skus.join(", ")}`;
    return [{ path: "store.sku", reason }];
  }
  const problems: Problem[] = [];
  if (storeAddress(store.url) === undefined) {
    const reason = `"${withoutSecret(store.url)}" is no address such as rediss://store.example.com:6379, with TLS and without user, password or path`;
    problems.push({ path: "store.url", reason });
  }
  if (store.cidrs.length === 0) {
    problems.push({ path: "store.cidrs", reason: "empty; name the blocks the store answers from" });
  }
  problems.push(...checkCidrs("store.cidrs", store.cidrs, 15));
  if (vaultSecret(store.passwordSecretId) === undefined) {
    const reason =
      "is no resource id of a vault's secret; write /subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/secrets/n, without a version";
    problems.push({ path: "store.passwordSecretId", reason });
  }
  return problems;
}

/** A password somebody wrote into the address must not be repeated in a log. */
function withoutSecret(url: string): string {
  return url.replace(/\/\/[^/]*@/, "//...@");
}
