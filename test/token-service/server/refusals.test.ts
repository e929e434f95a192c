import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

import { refusalCodes } from "../../../contract/token-api.ts";
import { refusalAnswer, refusalKinds } from "../../../token-service/server/refusals.ts";

const page = readFileSync(new URL("../../../docs/token-service.md", import.meta.url), "utf8");

it("the page explains every code once, in the order of the contract, with the status it is answered with", () => {
  const rows = [...page.matchAll(/^\| `([a-z_]+)` \| ([\d, ]+) \| (.+) \|$/gm)];
  expect(rows.map(([, code]) => code)).toEqual([...refusalCodes]);
  for (const [, code, statuses, advice] of rows) {
    const { status } = refusalKinds[code as keyof typeof refusalKinds];
    expect(statuses!.split(", ")[0], code).toBe(String(status));
    expect(advice!.length, code).toBeGreaterThan(10);
  }
});

it.each([
  { code: "store_unavailable" as const, wait: "5" },
  { code: "shutting_down" as const, wait: "1" },
  { code: "policy_none" as const, wait: undefined },
  { code: "upstream_refused" as const, wait: undefined },
])("$code says to come back after $wait", ({ code, wait }) => {
  const { headers, body } = refusalAnswer(
    { code, message: "x" },
    "0af7651916cd43dd8448eb211c80319c",
  );
  expect(headers["retry-after"]).toBe(wait);
  expect(JSON.parse(body).retryAfterSeconds).toBe(wait === undefined ? undefined : Number(wait));
});

it("a 401 names ways to authenticate", () => {
  const { headers } = refusalAnswer({ code: "identity_missing", message: "x" }, "0".repeat(32));
  expect(headers["www-authenticate"]).toBe(
    'Bearer error="invalid_token", DPoP error="invalid_token"',
  );
});
