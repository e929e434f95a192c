import type { MetricsAt } from "../server/start-server.ts";

/** Where metrics are when nobody says: reachable from the machine or the pod only. */
export const defaultMetricsAddress = "127.0.0.1:9464";

/** `host:port`, `same-port` or `off`; undefined when it is none of these. */
export function metricsAddress(given: string): MetricsAt | undefined {
  if (given === "same-port" || given === "off") return given;
  const [, host, port] = /^(?:\[?([0-9a-fA-F:.]+|localhost)\]?):(\d{1,5})$/.exec(given) ?? [];
  if (host === undefined || Number(port) > 65_535) return undefined;
  return { host, port: Number(port) };
}
