import { type Block, format, overlaps, parseBlock } from "../shared/cidr.ts";
import type { Problem } from "../shared/input-check.ts";
import type { VertexProjectArgs } from "./vertex-route.ts";

/**
 * Addresses Google never sees a request from over the internet.
 * "You cannot include private IP ranges":
 * https://docs.cloud.google.com/access-context-manager/docs/access-level-attributes (read 2026-11-21)
 */
const notPublic = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
  ...["172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/4", "240.0.0.0/4"],
];

/** Everything about a perimeter that can be judged without Google; nothing without one. Pure. */
export function checkPerimeter({ route }: VertexProjectArgs): Problem[] {
  const { perimeter, reach } = route;
  if (perimeter === undefined) return [];
  const problems: Problem[] = [];
  if (!/^\d{6,20}$/.test(perimeter.accessPolicyId)) {
    const reason = `"${perimeter.accessPolicyId}" is not the number of an access policy; see gcloud access-context-manager policies list`;
    problems.push({ path: "perimeter.accessPolicyId", reason });
  }
  const path = "perimeter.ingressCidrs";
  if (perimeter.ingressCidrs.length === 0 && reach.kind === "public") {
    const reason =
      'empty; with reach "public" nobody could call Claude: name the public ranges people come from';
    problems.push({ path, reason });
  }
  return [...problems, ...checkRanges(path, perimeter.ingressCidrs)];
}

function checkRanges(path: string, ranges: readonly string[]): Problem[] {
  const seen: Block[] = [];
  return ranges.flatMap((text, index) => {
    const problem = (reason: string): Problem => ({ path: `${path}.${index}`, reason });
    const parsed = parseBlock(text);
    if ("reason" in parsed) return [problem(parsed.reason)];
    const { block } = parsed;
    if (block.prefix < 8) {
      return [problem(`"${text}" is wider than /8; name the company's own public ranges`)];
    }
    if (notPublic.some((space) => meets(space, block))) {
      const reason = `"${text}" is not public: Google sees the company's public address there; people on the private path need no range`;
      return [problem(reason)];
    }
    const other = seen.find((earlier) => overlaps(earlier, block));
    seen.push(block);
    return other === undefined
      ? []
      : [problem(`"${text}" overlaps ${format(other)}; keep the wider one`)];
  });
}

function meets(space: string, block: Block): boolean {
  const parsed = parseBlock(space);
  return "block" in parsed && overlaps(parsed.block, block);
}
