import { expect, test } from "vitest";
import { added, inTurns } from "../../bench/in-turns.ts";
import { takenBy } from "../../bench/measure.ts";

test("forms take turns, every other round backwards, and the first round is not counted", async () => {
  const order: string[] = [];
  const form = (name: string) => async () => {
    order.push(name);
    return { wall: order.length, processor: undefined };
  };
  const taken = await inTurns(2, { on: form("on"), off: form("off") });
  expect(order).toEqual(["on", "off", "off", "on", "on", "off"]);
  expect(taken.on.map(({ wall }) => wall)).toEqual([4, 5]);
  expect(taken.off.map(({ wall }) => wall)).toEqual([3, 6]);
});

test("what one form adds is told round by round", () => {
  expect(added([3, 2, 6], [2, 2, 3])).toBe("50 % (0 to 100 %)");
  expect(added([], [])).toBe("NaN % (NaN to NaN %)");
});

test("processor time counts what was worked", async () => {
  const { wall, processor } = await takenBy(() => {
    const end = process.cpuUsage().user + 200_000;
    while (process.cpuUsage().user < end);
  });
  expect(wall).toBeGreaterThan(0.19);
  // Only Linux tells it.
  expect(processor ?? 1).toBeGreaterThan(0.15);
});
