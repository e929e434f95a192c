import { didYouMean } from "../../residency/nearest.ts";
import type { Verdict, Zone } from "../../residency/types.ts";
import { judgedProviders, verdict } from "../../residency/verdict.ts";
import { readCompliance } from "../compliance-file.ts";
import { type ExitCode, type Io, Refusal } from "../io.ts";

export interface VerdictOptions {
  readonly zone: string;
  readonly provider: string;
  readonly region: string;
  readonly model: string;
  readonly json?: boolean;
}

/** `lz verdict`: one verdict with places, reason and source. Exit code 0 only for `inside`. */
export function verdictCommand(options: VerdictOptions, io: Io): ExitCode {
  const provider = judgedProviders.find((known) => known === options.provider);
  if (provider === undefined) {
    throw new Refusal(
      `--provider: "${options.provider}" has no verdicts yet; use ${judgedProviders.join(", ")}`,
      2,
    );
  }
  const zone = zoneOf(options.zone, readCompliance(io).zones);
  const { region, model } = options;
  const result = verdict({ zone, provider, region, model, today: io.today });
  if (options.json) io.out(JSON.stringify({ zone: zone.id, provider, region, model, ...result }));
  else for (const line of describe(result)) io.out(line);
  return result.status === "inside" ? 0 : 1;
}

function zoneOf(id: string, zones: Readonly<Record<string, Zone>>): Zone {
  const zone = Object.hasOwn(zones, id) ? zones[id] : undefined;
  if (zone) return zone;
  const meant = didYouMean(id, Object.keys(zones));
  throw new Refusal(
    `--zone: "${id}" is no zone: use one of ${Object.keys(zones).join(", ")}${meant}`,
    2,
  );
}

function describe(result: Verdict): string[] {
  const places = result.places.map(({ region, country }) => `${region} (${country ?? "unknown"})`);
  return [
    result.status,
    `  reason           ${result.reason}`,
    `  processed in     ${places.join(", ") || "not known"}`,
    `  Anthropic sees   ${result.anthropicSees}`,
    `  source           ${result.source.url} (${result.source.date})`,
    ...(result.caveats ?? []).map((caveat) => `  not promised     ${caveat}`),
    ...(result.alternative ? [`  would be inside  ${result.alternative}`] : []),
  ];
}
