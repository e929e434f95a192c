import { arnParts } from "../residency/arn.ts";
import { textOf } from "./placement.ts";
import type { RuleContext } from "./rule.ts";
import { whenKnown } from "./unknown.ts";

/** A file ECS reads variables from. */
export interface EnvironmentFile {
  readonly name: string;
  /** Text of an object of the same stack; absent when it cannot be seen, or not yet. */
  readonly text: string | undefined;
}

const OBJECTS: ReadonlySet<string> = new Set([
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/bucketObject:BucketObject",
]);

/** @param given `environmentFiles` of a container definition */
export function environmentFilesOf(
  given: unknown,
  context: RuleContext,
): readonly EnvironmentFile[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) return [{ name: "that is no list", text: undefined }];
  return given.map((file: unknown) => {
    const name =
      typeof file === "object" && file !== null && "value" in file ? textOf(file.value) : undefined;
    return { name: name ?? "without `value`", text: textAt(name ?? "", context) };
  });
}

/** Whether some reader of such files takes a variable of this name from the text. */
export function setsVariable({ text = "" }: EnvironmentFile, variable: string): boolean {
  return text.split(/\r?\n/).some((line) => line.split("=")[0]?.trim() === variable);
}

function textAt(name: string, { stack }: RuleContext): string | undefined {
  const arn = arnParts(name);
  const [, bucket, key] = /^([^/]+)\/(.+)$/s.exec(arn?.resource ?? "") ?? [];
  if (arn?.service !== "s3" || bucket === undefined || key === undefined) return undefined;
  const object = stack
    .findAll(OBJECTS, "key", key)
    .find(({ props }) => whenKnown(() => textOf(props.bucket)) === bucket);
  return object && whenKnown(() => textOf(object.props.content));
}
