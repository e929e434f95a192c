import { fileText } from "../shipped.ts";

/** Text of a shipped stack file without its token service; its helper then exchanges on the laptop. */
export function withoutService(stack: string): string {
  return fileText(`stacks/Pulumi.${stack}.yaml`)
    .replace(/ {2}cowork:tokenService:\n(?: {4}.*\n)+/, "")
    .replace(/exchange: token-service, /g, "");
}
