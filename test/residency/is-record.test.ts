import { expect, it } from "vitest";
import { isRecord } from "../../residency/is-record.ts";

it("takes mappings only: no list, no text, nothing that is absent", () => {
  expect([{}, { a: 1 }, [], "", null, undefined, 1].map(isRecord)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});
