import { exitCodes, type FailureCause, HelperFailure } from "./failure.ts";
import { readPrivateFile, removePrivateFile, writePrivateFile } from "./private-file.ts";
import { isObject, parseJson } from "./record.ts";

/** Why the last attempt gave nothing: runs that start just after do not try the same again. */
export interface SharedFailure {
  readonly configSha256: string;
  readonly failure: FailureCause;
  readonly message: string;
  readonly atMs: number;
  /** Whether a person was asked. */
  readonly interactive: boolean;
}

/** How long others take it for an answer, in seconds; causes that are not listed are never shared. */
export const sharedSeconds: Readonly<Partial<Record<FailureCause, number>>> = {
  refused: 30,
  wrongCredential: 30,
  signInNeeded: 15,
  signInFailed: 15,
  deviceCertificate: 15,
  unavailable: 5,
};

/** Whom a failure of others may answer. */
export interface Asker {
  readonly configSha256: string;
  readonly nowMs: number;
  readonly startedAtMs: number;
  readonly interactive: boolean;
}

/**
 * Whether an earlier failure answers this run. A person who asks gets an attempt of their own, unless a person
 * was asked and failed while this run was already waiting.
 */
export function answers(shared: SharedFailure, asker: Asker): boolean {
  const ageMs = asker.nowMs - shared.atMs;
  const heldMs = (sharedSeconds[shared.failure] ?? 0) * 1000;
  if (shared.configSha256 !== asker.configSha256 || ageMs < 0 || ageMs >= heldMs) return false;
  return asker.interactive ? shared.interactive && shared.atMs >= asker.startedAtMs : true;
}

export function readSharedFailure(folder: string): SharedFailure | undefined {
  const bytes = readPrivateFile(pathIn(folder));
  const value = bytes === undefined ? undefined : parseJson(new TextDecoder().decode(bytes));
  if (!isObject(value)) return undefined;
  const { configSha256, failure, message, atMs, interactive } = value;
  if (typeof configSha256 !== "string" || typeof message !== "string") return undefined;
  if (typeof atMs !== "number" || typeof interactive !== "boolean") return undefined;
  if (typeof failure !== "string" || !isFailureCause(failure)) return undefined;
  return { configSha256, failure, message, atMs, interactive };
}

export function shareFailure(folder: string, shared: SharedFailure): void {
  if (sharedSeconds[shared.failure] === undefined) return;
  writePrivateFile(pathIn(folder), new TextEncoder().encode(JSON.stringify(shared)));
}

export function forgetFailure(folder: string): void {
  removePrivateFile(pathIn(folder));
}

export function asHelperFailure({ failure, message }: SharedFailure): HelperFailure {
  return new HelperFailure(failure, message);
}

function pathIn(folder: string): string {
  return `${folder}/failure`;
}

function isFailureCause(text: string): text is FailureCause {
  return Object.hasOwn(exitCodes, text) && text !== "ok";
}
