import { expect, it } from "vitest";

import { blockProblems, unansweredProblems } from "../../../components/aws/block-problems.ts";

const meant = "the blocks that are meant";
const reasons = (...cidrs: string[]) => blockProblems("cidrs", cidrs, { meant });
const vpc = { first: 0x0a_28_00_00, prefix: 16 }; // 10.40.0.0/16

it("blocks that are apart are fine, and so are none", () => {
  expect(reasons("10.0.0.0/8", "192.0.2.0/24")).toEqual([]);
  expect(reasons()).toEqual([]);
});

it("every block is judged, whatever is wrong with those before it", () => {
  expect(reasons("x", "0.0.0.0/0", "10.0.0.0/16", "10.0.1.0/24", "10.0.0.1/16")).toEqual([
    { path: "cidrs", reason: '"x" is not an IPv4 block such as 10.40.0.0/16' },
    { path: "cidrs", reason: '"0.0.0.0/0" is wider than /8; name the blocks that are meant' },
    { path: "cidrs", reason: '"10.0.0.0/16" overlaps 0.0.0.0/0; keep the wider one' },
    { path: "cidrs", reason: '"10.0.1.0/24" overlaps 0.0.0.0/0; keep the wider one' },
    { path: "cidrs", reason: '"10.0.1.0/24" overlaps 10.0.0.0/16; keep the wider one' },
    { path: "cidrs", reason: '"10.0.0.1/16" has bits set after /16; did you mean 10.0.0.0/16' },
  ]);
});

it("laptops may have addresses inside the VPC, and none around it", () => {
  const around = {
    path: "cidrs",
    reason:
      '"10.0.0.0/8" overlaps 10.40.0.0/16 without lying inside it: answers to such laptops would never leave the VPC',
  };
  expect(
    unansweredProblems("cidrs", ["10.40.0.0/16", "10.40.1.0/24", "10.41.0.0/16"], vpc),
  ).toEqual([]);
  expect(unansweredProblems("cidrs", ["x", "10.0.0.0/8"], vpc)).toEqual([around]);
  expect(blockProblems("cidrs", ["10.0.0.0/8"], { meant, vpc })).toEqual([around]);
});
