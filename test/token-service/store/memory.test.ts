import { expect, it } from "vitest";

import { memoryStore } from "../../../token-service/store/memory.ts";
import { admission, nowSeconds } from "./stores.ts";

it("a token is remembered two minutes longer than it is good, for a clock that is behind", async () => {
  const started = nowSeconds();
  let seconds = started;
  const store = memoryStore({ now: () => seconds * 1000 });
  const token = admission({ once: { key: "one", untilEpochSeconds: started + 600 } });
  expect((await store.admit(token)).replayed).toBe(false);
  seconds = started + 600 + 119;
  expect((await store.admit(token)).replayed).toBe(true);
  seconds = started + 600 + 120 + 60;
  expect((await store.admit(token)).replayed).toBe(false);
});
