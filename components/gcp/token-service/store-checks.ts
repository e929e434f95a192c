import { checkCidrs } from "../../shared/block-problems.ts";
import type { Problem } from "../../shared/input-check.ts";
import type { ServiceStore } from "./args.ts";
import { storePort } from "./plan.ts";

/**
 * @see https://docs.cloud.google.com/memorystore/docs/valkey/instance-node-specification (looked up 2026-11-21)
 */
const nodeTypes: readonly string[] = [
  ...["STANDARD_SMALL", "STANDARD_LARGE", "HIGHMEM_MEDIUM", "HIGHMEM_XLARGE", "HIGHCPU_MEDIUM"],
];

/** Host and port of a store's address; `undefined` for anything but `rediss://host[:port]`. */
export function storeAddress(
  url: string,
): { readonly host: string; readonly port: number } | undefined {
  const [, host, port] = /^rediss:\/\/([a-z0-9.-]+)(?::(\d{1,5}))?\/?$/.exec(url) ?? [];
  return host === undefined ? undefined : { host, port: Number(port ?? storePort) };
}

export function checkStore(store: ServiceStore): Problem[] {
  if (store.kind === "create") {
    const { nodeType = "STANDARD_SMALL" } = store;
    if (nodeTypes.includes(nodeType)) return [];
    const reason = `"${nodeType}"; use one of ${nodeTypes.join(", ")}`;
    return [{ path: "store.nodeType", reason }];
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
  if (!/^projects\/[a-z0-9-]+\/secrets\/[\w-]{1,255}$/.test(store.passwordSecret)) {
    const reason =
      "is no name of a secret; write projects/<project>/secrets/<name>, without a version";
    problems.push({ path: "store.passwordSecret", reason });
  }
  return problems;
}

/** A password somebody wrote into the address must not be repeated in a log. */
function withoutSecret(url: string): string {
  return url.replace(/\/\/[^/]*@/, "//...@");
}
