import { describe, expect, it } from "vitest";

import { checkFoundryNames, foundryNames } from "../../../components/azure/names.ts";
import { args, group, route } from "./support.ts";

const names = (change: object = {}, around: object = {}) =>
  foundryNames({ ...args, ...around, route: { ...route, ...change } });
const check = (change: object = {}, around: object = {}) =>
  checkFoundryNames({ ...args, ...around, route: { ...route, ...change } });

describe("foundryNames", () => {
  it("ends what is unique in all of Azure in a hash of the subscription and the route", () => {
    const { account, vault, resourceGroup } = names();
    expect({ account, vault, resourceGroup }).toEqual({
      account: "cowork-example-us-foundry-7a1fe41d",
      vault: "cowork-7a1fe41da551",
      resourceGroup: "cowork-example-us-foundry",
    });
  });

  it.each([
    { change: { subscriptionId: "0b1f0c2e-7d3a-4e9b-8c6d-000000000000" } },
    { change: { name: "second" } },
    { change: {}, around: { geography: "us2" } },
    { change: {}, around: { organization: "other" } },
  ])("gives another company, subscription or route other names: $change $around", (other) => {
    const one = names();
    const two = names(other.change, other.around);
    expect(two.account).not.toBe(one.account);
    expect(two.vault).not.toBe(one.vault);
    expect(two.guid("x")).not.toBe(one.guid("x"));
  });

  it("changes account and vault with another resource name, for what a deleted one still holds", () => {
    const other = names({ resourceName: "example-claude-2" });
    expect(other.account).toBe("example-claude-2");
    expect(other.vault).toMatch(/^cowork-[0-9a-f]{12}$/);
    expect(other.vault).not.toBe(names().vault);
  });

  it("writes ids without asking Azure, and the same GUID for a purpose on every run", () => {
    expect(names().idOf("Microsoft.KeyVault/vaults/v")).toBe(
      `${group}/providers/Microsoft.KeyVault/vaults/v`,
    );
    expect(names().guid("x")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    expect(names().guid("x")).toBe(names().guid("x"));
    expect(names().guid("x")).not.toBe(names().guid("y"));
  });

  it("fits the longest label Azure's 63 characters of a subdomain and 24 of a vault", () => {
    const around = { organization: "o".repeat(36) };
    expect(check({}, around)).toEqual([]);
    expect(names({}, around).account).toHaveLength(63);
    expect(names({}, around).vault.length).toBeLessThanOrEqual(24);
  });
});

describe("checkFoundryNames", () => {
  it("refuses a label that is too long for a subdomain", () => {
    expect(check({}, { organization: "o".repeat(37) })).toEqual([
      {
        path: "label",
        reason: `"${"o".repeat(37)}-us-foundry" has 48 characters; at most 47 fit a subdomain: shorten the organization, geography or route`,
      },
    ]);
  });

  it.each(["Example", "example_corp", "-example", "exa--mple", ""])(
    "refuses an organization that cannot be part of a name: %j",
    (organization) => {
      expect(check({}, { organization })).toEqual([
        {
          path: "label",
          reason: `"${organization}-us-foundry" may hold lower-case letters, digits and single hyphens between them`,
        },
      ]);
    },
  );

  it.each(["a", "Example", "-a", "a-", "a.b", "", "a".repeat(64)])(
    "refuses %j as a subdomain",
    (resourceName) => {
      expect(check({ resourceName })).toEqual([
        {
          path: "resourceName",
          reason: `"${resourceName}" (${resourceName.length} characters); a subdomain has 2 to 63 lower-case letters, digits and hyphens, none of them first or last`,
        },
      ]);
    },
  );

  it.each(["ab", "a1", "example-claude", "a".repeat(63)])("accepts %j", (resourceName) => {
    expect(check({ resourceName })).toEqual([]);
  });
});
