import type { HelperScript } from "../contract/helper-script.ts";
import type { Platform } from "./platform.ts";
import type { SettingValue } from "./setting-value.ts";

/** Settings of a credential helper, the same for every provider. */
export function helperScriptSettings(
  desktop: HelperScript,
  platform: Platform,
): [string, SettingValue][] {
  // Releases before 2.2553.0 run `inferenceCredentialHelper` on Windows too, so a file that only
  // Windows reads carries the Windows path there.
  const path = platform === "windows" ? desktop.windowsPath : desktop.path;
  const entries: [string, SettingValue][] = [
    ["inferenceCredentialHelper", path],
    ["inferenceCredentialHelperTtlSec", desktop.ttlSeconds],
  ];
  if (platform === "any") entries.push(["inferenceCredentialHelperWindows", desktop.windowsPath]);
  return entries;
}
