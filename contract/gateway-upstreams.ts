import type { Problem } from "../residency/problem.ts";
import type { Verdict, Zone } from "../residency/types.ts";
import { type UpstreamQuery, verdict } from "../residency/verdict.ts";
import type { GatewayUpstream } from "./gateway-route.ts";

/** What an upstream is judged by. */
export interface JudgedBy {
  readonly zone: Zone;
  /** ISO date that decides what is retired and which acceptances are valid. */
  readonly today: string;
}

/** The question one model of an upstream asks. */
function queryOf(upstream: GatewayUpstream, model: string, judged: JudgedBy): UpstreamQuery {
  switch (upstream.provider) {
    case "bedrock":
    case "mantle":
      return { ...judged, provider: upstream.provider, region: upstream.region, model };
    case "vertex":
      return { ...judged, provider: "vertex", region: upstream.location, model };
    case "foundry": {
      const { region, version, sku } = upstream;
      return { ...judged, provider: "foundry", region, model, version, sku };
    }
    case "anthropic":
      return { ...judged, provider: "anthropic" };
  }
}

/** What the whole gateway is worth: its worst upstream. */
export function gatewayVerdictOf(upstreams: readonly GatewayUpstream[], judged: JudgedBy): Verdict {
  return verdict({
    ...judged,
    provider: "gateway",
    upstreams: upstreams.flatMap((upstream) =>
      upstream.models.map((model) => ({
        name: upstream.name,
        query: queryOf(upstream, model, judged),
      })),
    ),
  });
}

/**
 * Every model of every upstream that is not proven to stay inside, failover included: a gateway moves on to
 * the next upstream by itself, so that the whole list must hold. What is wrong with a whole upstream is said once.
 */
export function upstreamProblems(
  upstreams: readonly GatewayUpstream[],
  judged: JudgedBy,
  pathOf: (upstream: number, model?: number) => string,
): Problem[] {
  return upstreams.flatMap((upstream, position) => {
    const found = upstream.models.map((model, index) => ({
      index,
      reason: reasonAgainst(upstream, model, judged),
    }));
    const reasons = new Set(found.map(({ reason }) => reason));
    const [shared] = reasons;
    if (reasons.size === 1 && upstream.models.length > 1) {
      return shared === undefined ? [] : [{ path: pathOf(position), reason: shared }];
    }
    return found.flatMap(({ index, reason }) =>
      reason === undefined ? [] : [{ path: pathOf(position, index), reason }],
    );
  });
}

function reasonAgainst(
  upstream: GatewayUpstream,
  model: string,
  judged: JudgedBy,
): string | undefined {
  if (upstream.provider === "bedrock" && model.includes(":application-inference-profile/")) {
    return "the ARN of an application profile does not say what it was copied from; name the profile it was copied from";
  }
  const { status, reason, alternative } = verdict(queryOf(upstream, model, judged));
  if (status === "inside") return undefined;
  return `${status}: ${reason}${alternative === undefined ? "" : `; use ${alternative}`}`;
}

/** Names and models that do not meet: listed twice, or said to be served where nobody declared it. */
export function mappingProblems(
  {
    upstreams,
    models,
  }: {
    readonly upstreams: readonly GatewayUpstream[];
    readonly models: readonly {
      readonly id: string;
      readonly upstreamModels: Readonly<Record<string, string>>;
    }[];
  },
  at: (path: readonly (string | number)[]) => string,
): Problem[] {
  const names = upstreams.map(({ name }) => name);
  const ids = models.map(({ id }) => id);
  return [
    ...upstreams.flatMap(({ name, models: listed }, position) => [
      ...twice(names, position, at(["upstreams", position, "name"]), name),
      ...listed.flatMap((model, index) =>
        twice(listed, index, at(["upstreams", position, "models", index]), model),
      ),
    ]),
    ...models.flatMap(({ id, upstreamModels }, position) => [
      ...twice(ids, position, at(["models", position, "id"]), id),
      ...servedProblems(upstreamModels, upstreams, at(["models", position, "upstreamModels"])),
    ]),
  ];
}

function servedProblems(
  upstreamModels: Readonly<Record<string, string>>,
  upstreams: readonly GatewayUpstream[],
  path: string,
): Problem[] {
  const served = Object.entries(upstreamModels);
  // Said once already: the list itself is what is missing.
  if (upstreams.length === 0) return [];
  if (served.length === 0) {
    return [{ path, reason: "empty; say which upstream serves the model, and as which" }];
  }
  return served.flatMap(([name, model]) => {
    const upstream = upstreams.find((one) => one.name === name);
    const at = `${path}.${name}`;
    if (upstream === undefined) {
      const names = [...new Set(upstreams.map((one) => one.name))].join(", ");
      const reason = `no upstream "${name}" is declared, only ${names}; undeclared, nothing says where it sends a request`;
      return [{ path: at, reason }];
    }
    if (upstream.models.includes(model)) return [];
    const reason = `"${model}" is no declared model of ${name}: ${upstream.models.join(", ")}`;
    return [{ path: at, reason }];
  });
}

function twice(
  all: readonly string[],
  position: number,
  path: string,
  text: string,
): readonly Problem[] {
  return all.indexOf(text) === position ? [] : [{ path, reason: `"${text}" is listed twice` }];
}
