import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  addressAt,
  type Block,
  contains,
  format,
  overlaps,
  parseBlock,
  split,
} from "../../../components/shared/cidr.ts";

const block = (text: string): Block => {
  const parsed = parseBlock(text);
  if ("reason" in parsed) throw new Error(parsed.reason);
  return parsed.block;
};

const anyBlock = fc
  .record({ prefix: fc.integer({ min: 0, max: 32 }), bits: fc.nat(2 ** 32 - 1) })
  .map(({ prefix, bits }) => ({ prefix, first: bits - (bits % 2 ** (32 - prefix)) }));

describe("parseBlock", () => {
  it.each([
    ["10.40.0.0/16", { first: 170_393_600, prefix: 16 }],
    ["0.0.0.0/0", { first: 0, prefix: 0 }],
    ["255.255.255.255/32", { first: 4_294_967_295, prefix: 32 }],
  ])("reads %s", (text, expected) => {
    expect(parseBlock(text)).toEqual({ block: expected });
  });

  it.each([
    "",
    "10.40.0.0",
    "10.40.0.0/33",
    "10.40.0/16",
    "10.256.0.0/16",
    "2001:db8::/32",
    "0x0a.0.0.0/8",
    " 10.0.0.0/8",
  ])('refuses "%s" and shows a good one', (text) => {
    expect(parseBlock(text)).toEqual({
      reason: `"${text}" is not an IPv4 block such as 10.40.0.0/16`,
    });
  });

  it("refuses bits after the prefix and names the block that was meant", () => {
    expect(parseBlock("10.40.3.1/16")).toEqual({
      reason: '"10.40.3.1/16" has bits set after /16; did you mean 10.40.0.0/16',
    });
  });

  it("reads back whatever it prints", () => {
    fc.assert(
      fc.property(anyBlock, (given) => {
        expect(parseBlock(format(given))).toEqual({ block: given });
      }),
    );
  });
});

describe("split", () => {
  it.each([
    ["10.40.0.0/16", 2, ["10.40.0.0/17", "10.40.128.0/17"]],
    ["10.40.0.0/16", 3, ["10.40.0.0/18", "10.40.64.0/18", "10.40.128.0/18"]],
    ["10.40.0.32/27", 2, ["10.40.0.32/28", "10.40.0.48/28"]],
    ["10.40.0.0/28", 1, ["10.40.0.0/28"]],
  ])("cuts %s into %i", (text, count, expected) => {
    expect(split(block(text), count)?.map(format)).toEqual(expected);
  });

  it.each([
    ["10.40.0.0/28", 2],
    ["10.40.0.0/27", 3],
    ["10.40.0.0/16", 0],
    ["10.40.0.0/16", -1],
    ["10.40.0.0/16", 2.5],
    ["10.40.0.0/16", Number.NaN],
    ["10.40.0.0/29", 1],
  ])("has no answer for %s into %d", (text, count) => {
    expect(split(block(text), count)).toBeUndefined();
  });

  it("gives disjoint subnets of one size inside the block, or nothing", () => {
    fc.assert(
      fc.property(anyBlock, fc.integer({ min: 1, max: 64 }), (outer, count) => {
        const pieces = split(outer, count);
        if (pieces === undefined) {
          expect(outer.prefix + Math.ceil(Math.log2(count))).toBeGreaterThan(28);
          return;
        }
        expect(pieces).toHaveLength(count);
        for (const [i, piece] of pieces.entries()) {
          expect(contains(outer, piece)).toBe(true);
          expect(piece.prefix).toBe(pieces[0]!.prefix);
          expect(pieces.slice(i + 1).some((other) => overlaps(piece, other))).toBe(false);
        }
      }),
    );
  });
});

describe("containment", () => {
  it.each([
    ["10.0.0.0/8", "10.40.0.0/16", true],
    ["10.40.0.0/16", "10.0.0.0/8", false],
    ["10.40.0.0/16", "10.40.0.0/16", true],
    ["10.40.0.0/16", "10.41.0.0/16", false],
    ["128.0.0.0/1", "192.168.0.0/16", true],
  ])("%s contains %s: %s", (outer, inner, expected) => {
    expect(contains(block(outer), block(inner))).toBe(expected);
  });

  it("counts addresses from the first of a block", () => {
    expect(addressAt(block("10.40.128.0/17"), 10)).toBe("10.40.128.10");
  });
});
