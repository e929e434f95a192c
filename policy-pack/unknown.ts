import { UnknownValueError } from "@pulumi/policy";

/** What reading a value that is not known yet throws; the SDK ships the class without its type. */
export interface UnknownRead extends Error {
  /** Path of the value, one step an entry. */
  readonly props: readonly (string | symbol)[];
}

/** Whether a failure means "not known yet" and nothing else. */
export function isUnknownRead(error: unknown): error is UnknownRead {
  return error instanceof UnknownValueError;
}
