import { expect, it } from "vitest";

import { underOnePolicy } from "../../../token-service/policy/under-one-policy.ts";

it("an identity is verified again when another policy came into force meanwhile", async () => {
  const [before, after] = [{ issuer: "old" }, { issuer: "new" }];
  let current = before;
  const verify = underOnePolicy(
    () => current,
    async (token: string) => {
      const { issuer } = current;
      if (token === "slow") current = after;
      return issuer;
    },
  );
  expect(await verify("quick")).toBe("old");
  expect(await verify("slow")).toBe("new");
});
