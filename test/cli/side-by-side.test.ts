import { expect, it } from "vitest";
import { sideBySide } from "../../cli/side-by-side.ts";

it("keeps the order of the items and never runs more than the limit at once", async () => {
  let running = 0;
  let most = 0;
  const results = await sideBySide([30, 10, 20, 0, 5], 2, async (milliseconds) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    running -= 1;
    return milliseconds;
  });
  expect(results).toEqual([30, 10, 20, 0, 5]);
  expect(most).toBe(2);
});

it("answers an empty list with an empty list, and passes a failure on", async () => {
  expect(await sideBySide([], 4, async () => 1)).toEqual([]);
  await expect(
    sideBySide([1], 4, async () => {
      throw new Error("broken");
    }),
  ).rejects.toThrow("broken");
});
