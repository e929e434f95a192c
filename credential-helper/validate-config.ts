import { type HelperConfig, helperConfig } from "../contract/helper-config.ts";
import { HelperFailure } from "./failure.ts";
import type { ConfigFile } from "./read-config.ts";
import { parseJson } from "./record.ts";

/**
 * What the file says, by the contract. Loads zod: never on the way of a cached credential.
 *
 * @throws HelperFailure `configuration`, naming every problem and its place.
 */
export function validateConfig(file: ConfigFile): HelperConfig {
  const problems = configProblems(file);
  if (Array.isArray(problems))
    throw new HelperFailure(
      "configuration",
      `${file.path} is not valid: ${problems.join("; ")}: install the file of the profile set unchanged`,
    );
  return problems;
}

/** The configuration, or one sentence a problem. */
export function configProblems(file: ConfigFile): HelperConfig | string[] {
  const value = parseJson(file.text);
  if (value === undefined) return ["it is not JSON"];
  const parsed = helperConfig.safeParse(value);
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
}
