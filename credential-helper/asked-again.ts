import { readPrivateFile, removePrivateFile, writePrivateFile } from "./private-file.ts";
import type { CredentialRecord } from "./record.ts";

/**
 * Between two runs in the middle of a session, milliseconds. Sooner, two sessions whose kept time ran out together
 * look the same; later, it is the next kept time that ran out (121 s at least).
 */
const again = { leastMs: 2_000, mostMs: 110_000 };

/**
 * Whether a `mid-session-refresh` was given this credential just before, and comes back: the provider refuses it.
 * One alone says nothing, because the same context comes when the kept time ran out.
 */
export function wasJustGiven(
  folder: string,
  { issuedAtMs }: Pick<CredentialRecord, "issuedAtMs">,
  nowMs: number,
): boolean {
  const bytes = readPrivateFile(pathIn(folder));
  const [issued, given] = new TextDecoder().decode(bytes).split(" ");
  if (issued !== String(issuedAtMs)) return false;
  const agoMs = nowMs - Number(given);
  return agoMs >= again.leastMs && agoMs <= again.mostMs;
}

/** Only a hint: where it cannot be written, a refused credential is printed as long as it looks fresh. */
export function noteGiven(
  folder: string,
  { issuedAtMs }: Pick<CredentialRecord, "issuedAtMs">,
  nowMs: number,
): void {
  try {
    writePrivateFile(pathIn(folder), new TextEncoder().encode(`${issuedAtMs} ${nowMs}`));
  } catch {
    // As said above.
  }
}

export function forgetGiven(folder: string): void {
  removePrivateFile(pathIn(folder));
}

function pathIn(folder: string): string {
  return `${folder}/given`;
}
