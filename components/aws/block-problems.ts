import {
  type GivenBlock,
  blockProblems as sharedBlockProblems,
  tooWide,
} from "../shared/block-problems.ts";
import { type Block, contains, format, overlaps, parseBlock } from "../shared/cidr.ts";
import type { Problem } from "../shared/input-check.ts";

/** Blocks a security group lets in or out: each written right, none wider than /8, none twice. */
export function blockProblems(
  path: string,
  cidrs: readonly string[],
  /** `meant` ends the advice on a block that is too wide; `vpc` is the network such laptops ask. */
  { meant, vpc }: { readonly meant: string; readonly vpc?: Block | undefined },
): Problem[] {
  return sharedBlockProblems(cidrs, {
    at: () => path,
    also: (given) => [
      ...tooWide(given, meant),
      ...(vpc === undefined ? [] : unanswered(given, vpc)),
    ],
  });
}

/** Blocks of laptops that a VPC takes for its own; those that cannot be read are said elsewhere. */
export function unansweredProblems(path: string, cidrs: readonly string[], vpc: Block): Problem[] {
  return cidrs.flatMap((text) => {
    const parsed = parseBlock(text);
    if ("reason" in parsed) return [];
    return unanswered({ text, block: parsed.block }, vpc).map((reason) => ({ path, reason }));
  });
}

/** Inside it is fine: a Client VPN endpoint shows laptops with addresses of the VPC itself. */
function unanswered({ text, block }: GivenBlock, vpc: Block): readonly string[] {
  if (!overlaps(vpc, block) || contains(vpc, block)) return [];
  return [
    `"${text}" overlaps ${format(vpc)} without lying inside it: answers to such laptops would never leave the VPC`,
  ];
}
