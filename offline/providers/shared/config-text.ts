import type { Value } from "../struct.ts";

/** Configuration that is not text arrives as JSON text; text that is not JSON stays as it is. */
export function parsedConfig(value: Value | undefined): Value | undefined {
  if (typeof value !== "string" || !/^\s*([[{]|true$|false$|-?\d)/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
