import type { Problem } from "../../shared/input-check.ts";
import type { ServiceStore } from "./args.ts";
import { checkCidrs } from "./network-checks.ts";
import type { ServicePlan } from "./plan.ts";

/** Host and port of a store's address; `undefined` for anything but `rediss://host[:port]`. */
export function storeAddress(
  url: string,
): { readonly host: string; readonly port: number } | undefined {
  const [, host, port] = /^rediss:\/\/([a-z0-9.-]+)(?::(\d{1,5}))?\/?$/.exec(url) ?? [];
  return host === undefined ? undefined : { host, port: Number(port ?? 6379) };
}

export function checkStore(store: ServiceStore, { place }: ServicePlan): Problem[] {
  if (store.kind === "create") {
    const { nodeType = "db.t4g.small" } = store;
    return /^db\.[a-z0-9]+\.[a-z0-9]+$/.test(nodeType)
      ? []
      : [
          {
            path: "store.nodeType",
            reason: `"${nodeType}" is no node type such as db.t4g.small or db.r7g.large`,
          },
        ];
  }
  const { zone, region, accountId } = place;
  const problems: Problem[] = [];
  if (storeAddress(store.url) === undefined) {
    const reason = `"${withoutSecret(store.url)}" is no address such as rediss://store.example.com:6379, with TLS and without user, password or path`;
    problems.push({ path: "store.url", reason });
  }
  if (store.cidrs.length === 0) {
    problems.push({ path: "store.cidrs", reason: "empty; name the blocks the store answers from" });
  }
  problems.push(...checkCidrs("store.cidrs", store.cidrs, 15));
  const secret = `arn:${zone.awsPartition}:secretsmanager:${region}:${accountId}:secret:`;
  if (!new RegExp(`^${secret}[\\w/+=.@-]+-[A-Za-z0-9]{6}$`).test(store.passwordSecretArn)) {
    const reason = `"${store.passwordSecretArn}" is no whole ARN of a secret of ${accountId} in ${region}; write ${secret}<name>-<6 characters>`;
    problems.push({ path: "store.passwordSecretArn", reason });
  }
  const key = `arn:${zone.awsPartition}:kms:${region}:${accountId}:key/`;
  const { passwordKeyArn } = store;
  if (passwordKeyArn !== undefined && !new RegExp(`^${key}[\\w-]+$`).test(passwordKeyArn)) {
    const reason = `"${passwordKeyArn}" is no key of ${accountId} in ${region}; write ${key}<id>`;
    problems.push({ path: "store.passwordKeyArn", reason });
  }
  return problems;
}

/** A password somebody wrote into the address must not be repeated in a log. */
function withoutSecret(url: string): string {
  return url.replace(/\/\/[^/]*@/, "//...@");
}
