import { judgeRegion, textOf } from "./placement.ts";
import { type Finding, fail, type RuleContext, undecidable } from "./rule.ts";

/**
 * What a token service's own configuration says, whichever cloud it runs in: the regions it gives Bedrock
 * credentials for, and whether its replicas know of one another's revocations.
 *
 * @param at what leads every message
 * @param config JSON text of `COWORK_TOKEN_SERVICE_CONFIG`; `undefined` when the variable is not set
 */
export function judgeServiceConfig(
  at: string,
  config: unknown,
  { zone }: RuleContext,
): readonly Finding[] {
  if (config === undefined) {
    return [
      undecidable(
        `${at}: COWORK_TOKEN_SERVICE_CONFIG is not set: what it gives credentials for cannot be seen`,
      ),
    ];
  }
  const read = parsed(config);
  if (read === undefined) {
    return [undecidable(`${at}: COWORK_TOKEN_SERVICE_CONFIG is no JSON object`)];
  }
  const { routes } = read;
  const findings: Finding[] = Array.isArray(routes)
    ? routes.flatMap((route: unknown, index) => judgeRoute(at, route, index, zone))
    : [undecidable(`${at}: its configuration has no routes`)];
  const kind = isFields(read.store) ? read.store.kind : undefined;
  if (kind !== "redis") {
    const what = kind === undefined ? "absent (the default is memory)" : kind;
    findings.push(
      fail(`${at}: its \`store.kind\` is ${what}: a revocation reaches one replica only`),
    );
  }
  return findings;
}

function judgeRoute(
  at: string,
  route: unknown,
  index: number,
  zone: RuleContext["zone"],
): readonly Finding[] {
  if (!isFields(route)) return [undecidable(`${at}: its route ${index + 1} is no object`)];
  // Where the others process is decided by the route's own resources and policies, not by a region here.
  if (route.provider !== "bedrock" && route.provider !== "mantle") return [];
  const name = textOf(route.name) ?? String(index + 1);
  const region = textOf(route.region);
  return region === undefined
    ? [undecidable(`${at}: its route ${name} names no region`)]
    : judgeRegion(zone, region, `${at}: the region of its route ${name}`);
}

function parsed(config: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(String(config));
    return isFields(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
