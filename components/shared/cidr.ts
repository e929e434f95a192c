import ipaddr from "ipaddr.js";

/** An IPv4 block: first address as a number, and how many leading bits are fixed. */
export interface Block {
  readonly first: number;
  readonly prefix: number;
}

/** Reads `a.b.c.d/n` with no bit set after the prefix; the reason why not otherwise. */
export function parseBlock(text: string): { readonly block: Block } | { readonly reason: string } {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) {
    return { reason: `"${text}" is not an IPv4 block such as 10.40.0.0/16` };
  }
  const [address, prefix] = ipaddr.IPv4.parseCIDR(text);
  const given = toNumber(address);
  const first = given - (given % size(prefix));
  if (first !== given) {
    const reason = `"${text}" has bits set after /${prefix}; did you mean ${format({ first, prefix })}`;
    return { reason };
  }
  return { block: { first, prefix } };
}

/** The block as text, for example `10.40.0.0/16`. */
export function format({ first, prefix }: Block): string {
  return `${toText(first)}/${prefix}`;
}

/** Whether every address of `inner` is one of `outer`. */
export function contains(outer: Block, inner: Block): boolean {
  return outer.first <= inner.first && end(inner) <= end(outer);
}

/** Two aligned blocks either are disjoint or one contains the other. */
export function overlaps(a: Block, b: Block): boolean {
  return contains(a, b) || contains(b, a);
}

/** Smallest subnet AWS allows. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const smallestSubnetPrefix = 28;

/**
 * Equal, disjoint subnets, as large as fit: the block is cut into the next power of two and the
 * first `count` pieces are used.
 *
 * @returns `undefined` when a piece would be smaller than a subnet may be, or `count` is not a
 *   whole number from 1.
 */
export function split(block: Block, count: number): Block[] | undefined {
  if (!Number.isInteger(count) || count < 1) return undefined;
  const prefix = block.prefix + Math.ceil(Math.log2(count));
  if (prefix > smallestSubnetPrefix) return undefined;
  return Array.from({ length: count }, (_, i) => ({
    first: block.first + i * size(prefix),
    prefix,
  }));
}

/**
 * The address `offset` places after the first of a block. AWS keeps the first four and the last
 * of every subnet for itself.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function addressAt({ first }: Block, offset: number): string {
  return toText(first + offset);
}

function size(prefix: number): number {
  return 2 ** (32 - prefix);
}

function end({ first, prefix }: Block): number {
  return first + size(prefix);
}

function toNumber(address: ipaddr.IPv4): number {
  return address.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0);
}

function toText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
