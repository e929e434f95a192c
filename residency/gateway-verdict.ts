import type { AnthropicSees, Status, Verdict } from "./types.ts";

/** One upstream a gateway may send a request to, and what was found about it. */
export interface JudgedUpstream {
  readonly name: string;
  readonly verdict: Verdict;
}

/** From best to worst. */
const statuses: readonly Status[] = ["inside", "undecidable", "outside"];
const sights: readonly AnthropicSees[] = ["none", "flagged content only", "content"];

/**
 * A gateway is as good as its worst upstream, those for failover included. Without a declared list nothing
 * is known about it.
 */
export function gatewayVerdict(upstreams: readonly JudgedUpstream[]): Verdict {
  const worst = upstreams.toSorted((a, b) => rank(b.verdict) - rank(a.verdict))[0];
  if (worst === undefined) {
    return {
      status: "undecidable",
      places: [],
      reason: "the gateway declares no upstream: nothing says where it sends a request",
      source: {
        url: "https://claude.com/docs/third-party/claude-desktop/gateway",
        date: "2026-09",
      },
      anthropicSees: "content",
    };
  }
  const places = upstreams.flatMap(({ verdict }) => verdict.places);
  const anthropicSees = sights[Math.max(...upstreams.map(({ verdict }) => sightOf(verdict)))];
  const caveats = upstreams.flatMap(({ name, verdict }) =>
    (verdict.caveats ?? []).map((caveat) => `${name}: ${caveat}`),
  );
  return {
    ...worst.verdict,
    places: places.filter(
      ({ region }, index) => places.findIndex((other) => other.region === region) === index,
    ),
    reason:
      worst.verdict.status === "inside"
        ? `every declared upstream is inside: ${upstreams.map(({ name }) => name).join(", ")}`
        : `upstream ${worst.name}: ${worst.verdict.reason}`,
    anthropicSees: anthropicSees ?? "content",
    ...(caveats.length > 0 ? { caveats } : {}),
  };
}

function rank({ status }: Verdict): number {
  return statuses.indexOf(status);
}

function sightOf({ anthropicSees }: Verdict): number {
  return sights.indexOf(anthropicSees);
}
