import { afterEach, expect, it } from "vitest";

import { admission, closeAll, openRedis, openStore, until } from "./stores.ts";

afterEach(closeAll);

const lost =
  "the store came back without what it had acknowledged; revoke again whom you had revoked, then run confirm-store, or wait until every token and credential of that time is over";

it.each(["append-only", "managed"] as const)(
  "a service that starts and expects its %s store to be in use takes an empty one for a loss, until an operator confirms",
  async (durability) => {
    const server = await openRedis();
    const stores = [1, 2].map(() => openStore(server.url, { durability, expect: "existing" }));
    for (const store of stores) {
      await until(store, lost);
      await expect(store.admit(admission())).rejects.toThrow(lost);
    }
    // One that expects nothing hears of it from the others.
    await until(openStore(server.url, { durability }), lost);
    expect(await stores[0]!.confirmLoss()).toBe(true);
    for (const store of stores) {
      await until(store);
      expect((await store.admit(admission())).replayed).toBe(false);
    }
  },
);

it("a service that expects its store to be in use starts with one that is", async () => {
  const server = await openRedis();
  const before = openStore(server.url);
  await until(before);
  const one = admission();
  await before.admit(one);
  await before.close();
  const store = openStore(server.url, { expect: "existing" });
  await until(store);
  expect((await store.admit(one)).replayed).toBe(true);
});

it("a service that expects nothing takes an empty store for a new one, which the documentation says", async () => {
  const server = await openRedis();
  const store = openStore(server.url);
  await until(store);
  expect((await store.admit(admission())).replayed).toBe(false);
});
