import { expect, it } from "vitest";

import { deadlineMs, storeLimitMs } from "../../credential-helper/deadline.ts";

it.each([
  ["interactive", undefined, 55_000],
  ["interactive", 600, 600_000],
  ["interactive", 5, 5_000],
  ["mid-session-refresh", undefined, 18_000],
  ["mid-session-refresh", 600, 18_000],
  ["background", 600, 18_000],
  ["scheduled-task", 600, 18_000],
  ["setup-test", 600, 18_000],
  ["background", 5, 5_000],
] as const)("a run of %s with --deadline %s is over after %d ms", (context, named, expected) => {
  expect(deadlineMs(context, 1_000, named)).toBe(1_000 + expected);
});

it("a secret store is waited for longer where a person may be asked for its password", () => {
  expect([storeLimitMs("interactive"), storeLimitMs("background")]).toEqual([30_000, 5_000]);
});
