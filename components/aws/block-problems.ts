import { type Block, contains, format, overlaps, parseBlock } from "../shared/cidr.ts";
import type { Problem } from "../shared/input-check.ts";

/** Blocks a security group lets in or out: each written right, none wider than /8, none twice. */
export function blockProblems(
  path: string,
  cidrs: readonly string[],
  /** `meant` ends the advice on a block that is too wide; `vpc` is the network such laptops ask. */
  { meant, vpc }: { readonly meant: string; readonly vpc?: Block | undefined },
): Problem[] {
  const problems: Problem[] = [];
  const seen: Block[] = [];
  for (const text of cidrs) {
    const parsed = parseBlock(text);
    if ("reason" in parsed) {
      problems.push({ path, reason: parsed.reason });
      continue;
    }
    const { block } = parsed;
    if (block.prefix < 8) {
      problems.push({ path, reason: `"${text}" is wider than /8; name ${meant}` });
    }
    if (vpc !== undefined) problems.push(...unansweredProblems(path, [text], vpc));
    for (const other of seen.filter((one) => overlaps(one, block))) {
      problems.push({ path, reason: `"${text}" overlaps ${format(other)}; keep the wider one` });
    }
    seen.push(block);
  }
  return problems;
}

/**
 * Blocks of laptops that a VPC takes for its own. Inside it is fine: a Client VPN endpoint shows laptops with
 * addresses of the VPC itself.
 */
export function unansweredProblems(path: string, cidrs: readonly string[], vpc: Block): Problem[] {
  return cidrs.flatMap((text) => {
    const parsed = parseBlock(text);
    if ("reason" in parsed || !overlaps(vpc, parsed.block) || contains(vpc, parsed.block))
      return [];
    const reason = `"${text}" overlaps ${format(vpc)} without lying inside it: answers to such laptops would never leave the VPC`;
    return [{ path, reason }];
  });
}
