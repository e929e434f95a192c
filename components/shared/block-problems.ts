import { type Block, format, overlaps, parseBlock } from "./cidr.ts";
import type { Problem } from "./input-check.ts";

/** A block as it was given, and as it was read. */
export interface GivenBlock {
  readonly text: string;
  readonly block: Block;
}

/** How a list of blocks is judged. */
export interface BlockRules {
  /** Place of the block at that index. */
  readonly at: (index: number) => string;
  /** What else is wrong with one block; said before what it overlaps. */
  readonly also: (given: GivenBlock) => readonly string[];
  /** How an earlier block is named. Default: as it was read. */
  readonly named?: (earlier: GivenBlock) => string;
}

/** Blocks of one list: each written right, none within or around one before it, and what the caller asks of each. */
export function blockProblems(
  cidrs: readonly string[],
  { at, also, named = ({ block }) => format(block) }: BlockRules,
): Problem[] {
  const seen: GivenBlock[] = [];
  return cidrs.flatMap((text, index) => {
    const path = at(index);
    const parsed = parseBlock(text);
    if ("reason" in parsed) return [{ path, reason: parsed.reason }];
    const given = { text, block: parsed.block };
    const shared = seen
      .filter((earlier) => overlaps(earlier.block, given.block))
      .map((earlier) => `"${text}" overlaps ${named(earlier)}; keep the wider one`);
    seen.push(given);
    return [...also(given), ...shared].map((reason) => ({ path, reason }));
  });
}

/** Half the internet is nobody's own: at most 16 million addresses. */
export function tooWide({ text, block }: GivenBlock, meant: string): readonly string[] {
  return block.prefix < 8 ? [`"${text}" is wider than /8; name ${meant}`] : [];
}

/** Laptops with addresses that a network of the cloud takes for its own. */
export function ofNetwork({ text, block }: GivenBlock, own: Block | undefined): readonly string[] {
  if (own === undefined || !overlaps(own, block)) return [];
  return [
    `"${text}" overlaps ${format(own)}: a network answers its own addresses itself, so such laptops would hear nothing`,
  ];
}

/** Blocks a token service lets in or out, at most `most`. The kit's own bound of 40 keeps them readable. */
export function checkCidrs(path: string, cidrs: readonly string[], most = 40): Problem[] {
  const tooMany =
    cidrs.length > most
      ? [{ path, reason: `${cidrs.length} blocks; at most ${most} fit: merge some` }]
      : [];
  const rules: BlockRules = {
    at: () => path,
    also: (given) => tooWide(given, "the blocks that are meant"),
    named: ({ text }) => `"${text}"`,
  };
  return [...tooMany, ...blockProblems(cidrs, rules)];
}
