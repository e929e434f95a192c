/** Text of a stack file without its token service; its helper, if it has one, then exchanges on the laptop. */
export function withoutService(text: string): string {
  return text
    .replace(/ {2}cowork:tokenService:\n(?: {4}.*\n)+/, "")
    .replace(/exchange: token-service, /g, "");
}
