import type { FailureCause } from "../../../credential-helper/failure.ts";

/** One line of the helper on standard error. */
export const line = (text: string) => `cowork-credential-helper: ${text}\n`;
/** What the stand-in for signing in prints where it should not. */
export const library = "a library that prints\nand another one\n";
export const aToken = {
  outcome: { kind: "credential", token: "tok-1", livesSeconds: 3600 },
} as const;

/** A plan that ends with this cause. */
export const failing = (failure: FailureCause) =>
  ({ outcome: { kind: "failure", failure, message: "made up: do this" } }) as const;
