import { isRecord } from "../../residency/is-record.ts";

/** Settings the infrastructure has to know of the service's own configuration. */
export interface ListenSettings {
  readonly port: number;
  readonly shutdownGraceSeconds: number;
}

/**
 * What a token service's configuration says of port and shutdown. What it leaves out is the service's own default,
 * 8443 and 20 s; what it gives as anything but a number is NaN, which no check takes. `undefined` when the text is
 * not one JSON object.
 */
export function listenSettings(config: string): ListenSettings | undefined {
  let read: unknown;
  try {
    read = JSON.parse(config);
  } catch {
    return undefined;
  }
  if (!isRecord(read)) return undefined;
  return {
    port: numberAt(read.listen, "port", 8443),
    shutdownGraceSeconds: numberAt(read.limits, "shutdownGraceSeconds", 20),
  };
}

function numberAt(holder: unknown, name: string, otherwise: number): number {
  if (holder === undefined) return otherwise;
  const value = isRecord(holder) ? holder[name] : Number.NaN;
  if (value === undefined) return otherwise;
  return typeof value === "number" ? value : Number.NaN;
}
