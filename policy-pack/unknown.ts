import { UnknownValueError } from "@pulumi/policy";

import type { Finding } from "./rule.ts";

/** What reading a value that is not known yet throws; the SDK ships the class without its type. */
export interface UnknownRead extends Error {
  /** Path of the value, one step an entry. */
  readonly props: readonly (string | symbol)[];
}

/** Whether a failure means "not known yet" and nothing else. */
export function isUnknownRead(error: unknown): error is UnknownRead {
  return error instanceof UnknownValueError;
}

/** The finding for a value that is not known yet. */
export function notProven({ props }: UnknownRead): Finding {
  return { status: "not-proven", message: `\`${props.map(String).join(".")}\` is not known yet` };
}

/** The finding for what is not known yet, in the rule's own words. */
export function notProvenBecause(message: string): Finding {
  return { status: "not-proven", message };
}

/** What is read, or undefined while it is not known yet. */
export function whenKnown<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isUnknownRead(error)) return undefined;
    throw error;
  }
}

/** Whether reading it says that it is not known yet. */
export function isUnknown(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    if (isUnknownRead(error)) return true;
    throw error;
  }
}

/** What a judge says, where a value it needs is not known yet becomes a finding beside the others. */
export function orNotProven(judge: () => readonly Finding[]): readonly Finding[] {
  try {
    return judge();
  } catch (error) {
    if (!isUnknownRead(error)) throw error;
    return [notProven(error)];
  }
}
