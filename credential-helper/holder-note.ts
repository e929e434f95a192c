import { readPrivateFile, removePrivateFile, writePrivateFile } from "./private-file.ts";

/**
 * What the process at work says about itself, for those that wait. Only a hint: the lock alone decides who
 * works, and a note left by a process that was killed is overwritten by the next one.
 */
export function noteHolder(folder: string, interactive: boolean): void {
  const text = interactive ? "interactive" : "other";
  writePrivateFile(pathIn(folder), new TextEncoder().encode(text));
}

/** Whether the process at work may be waiting for a person. */
export function holderMayAsk(folder: string): boolean {
  const bytes = readPrivateFile(pathIn(folder));
  return bytes !== undefined && new TextDecoder().decode(bytes) === "interactive";
}

export function forgetHolder(folder: string): void {
  removePrivateFile(pathIn(folder));
}

function pathIn(folder: string): string {
  return `${folder}/holder`;
}
