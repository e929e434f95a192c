import type { Statement } from "./iam-document.ts";

/** Condition keys that tie a call to an account, an organization or one principal. */
const PINS: readonly string[] = [
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalarn",
];
const PINNING_OPERATORS: ReadonlySet<string> = new Set([
  "StringEquals",
  "StringLike",
  "ArnEquals",
  "ArnLike",
  "ForAnyValue:StringEquals",
  "ForAnyValue:StringLike",
]);

/** Whether a condition says whose principals a statement is for, where its `Principal` names nobody. */
export function pinsPrincipals({ conditions }: Statement): boolean {
  return Object.entries(conditions).some(
    ([operator, tests]) =>
      PINNING_OPERATORS.has(operator) &&
      Object.entries(tests).some(
        ([key, values]) =>
          PINS.includes(key) && values.length > 0 && values.every((value) => pins(key, value)),
      ),
  );
}

/** A wildcard is fine inside an ARN's name, never where the account or organization stands. */
function pins(key: string, value: string): boolean {
  if (key !== "aws:principalarn") return !/^$|^[^/]*[*?]|\$\{/.test(value);
  return /^arn:[a-z-]+:(?:iam|sts)::\d{12}:/.test(value);
}
