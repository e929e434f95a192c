import type { RouteOutputs } from "../contract/outputs.ts";
import type { Platform } from "./platform.ts";

/**
 * Why a file for these laptops is not written although others are; `undefined` when it is. A file that
 * could not sign anybody in would look like a working one.
 */
export function leftOut(route: RouteOutputs, platform: Platform): string | undefined {
  const { desktop } = route;
  if ("authFlow" in desktop && desktop.authFlow === "broker" && platform === "linux") {
    return "sign-in through the Microsoft broker does not exist on Linux; give Linux laptops a route with authFlow browser";
  }
  if ("credentialsFile" in desktop && desktop.credentialsFile !== undefined && platform === "any") {
    return "one file serves macOS, Windows and Linux, and the credential file's path differs; deliver the path by device management";
  }
  return undefined;
}
