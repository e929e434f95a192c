import { expect, it } from "vitest";

import {
  blockProblems,
  checkCidrs,
  ofNetwork,
  tooWide,
} from "../../../components/shared/block-problems.ts";

const own = { first: 0x0a_28_00_00, prefix: 16 }; // 10.40.0.0/16

it("every block is judged at its place, what the caller asks before what it overlaps", () => {
  const given = ["x", "0.0.0.0/0", "10.40.1.0/24", "192.0.2.0/24"];
  const also = (one: Parameters<typeof tooWide>[0]) => [
    ...tooWide(one, "your own"),
    ...ofNetwork(one, own),
  ];
  const hears =
    "overlaps 10.40.0.0/16: a network answers its own addresses itself, so such laptops would hear nothing";
  expect(blockProblems(given, { at: (index) => `blocks.${index}`, also })).toEqual([
    { path: "blocks.0", reason: '"x" is not an IPv4 block such as 10.40.0.0/16' },
    { path: "blocks.1", reason: '"0.0.0.0/0" is wider than /8; name your own' },
    { path: "blocks.1", reason: `"0.0.0.0/0" ${hears}` },
    { path: "blocks.2", reason: `"10.40.1.0/24" ${hears}` },
    { path: "blocks.2", reason: '"10.40.1.0/24" overlaps 0.0.0.0/0; keep the wider one' },
    { path: "blocks.3", reason: '"192.0.2.0/24" overlaps 0.0.0.0/0; keep the wider one' },
  ]);
  expect(blockProblems([], { at: () => "blocks", also })).toEqual([]);
  expect(ofNetwork({ text: "10.40.1.0/24", block: { ...own, prefix: 24 } }, undefined)).toEqual([]);
});

it("a token service takes so many blocks and no more", () => {
  const forty = Array.from({ length: 40 }, (_, index) => `10.${index}.0.0/16`);
  expect(checkCidrs("clientCidrs", forty)).toEqual([]);
  expect(checkCidrs("clientCidrs", [...forty, "10.0.0.0/24"])).toEqual([
    { path: "clientCidrs", reason: "41 blocks; at most 40 fit: merge some" },
    { path: "clientCidrs", reason: '"10.0.0.0/24" overlaps "10.0.0.0/16"; keep the wider one' },
  ]);
  expect(checkCidrs("store.cidrs", forty, 39)).toHaveLength(1);
});
