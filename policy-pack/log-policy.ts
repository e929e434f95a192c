import type { DataTarget } from "./data-targets.ts";

/** A place a log policy sends events or findings to. */
export interface Sent {
  /** Steps inside the document, joined by dots. */
  readonly path: string;
  readonly kind: Extract<DataTarget["kind"], "arn" | "bucket">;
  readonly value: unknown;
}

/**
 * What a subscription filter or data protection policy sends where; `undefined` when the text is not JSON.
 * Findings also go to log groups and streams by name: those are of the policy's own region.
 */
export function sentBy(text: string): readonly Sent[] | undefined {
  try {
    return collect(JSON.parse(text), []);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function collect(value: unknown, steps: readonly string[]): readonly Sent[] {
  const path = steps.join(".");
  if (steps.at(-1) === "DestinationArn") return [{ path, kind: "arn", value }];
  if (path.endsWith("FindingsDestination.S3.Bucket")) return [{ path, kind: "bucket", value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([step, inner]) => collect(inner, [...steps, step]));
}
