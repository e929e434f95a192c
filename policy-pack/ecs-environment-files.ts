import { arnParts } from "../residency/arn.ts";
import { textOf } from "./placement.ts";
import type { Resource, RuleContext } from "./rule.ts";
import { isUnknownRead } from "./unknown.ts";

/** A file ECS reads variables from, in the order ECS reads them. */
export type EnvironmentFile =
  | {
      readonly kind: "read";
      readonly name: string;
      readonly variables: ReadonlyMap<string, string>;
    }
  /** An object of the stack whose text is not known yet. */
  | { readonly kind: "unknown"; readonly name: string }
  /** `reason` goes on after the file's name. */
  | { readonly kind: "unseen"; readonly name: string; readonly reason: string };

const OBJECTS: ReadonlySet<string> = new Set([
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/bucketObject:BucketObject",
]);

/**
 * The environment files of a container: objects of the same stack are read, all others cannot be seen.
 *
 * @param given `environmentFiles` of a container definition
 */
export function environmentFilesOf(
  given: unknown,
  context: RuleContext,
): readonly EnvironmentFile[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) {
    return [{ kind: "unseen", name: "list", reason: "is no list: what it says cannot be seen" }];
  }
  return given.map((file: unknown) => {
    const value =
      typeof file === "object" && file !== null && "value" in file ? textOf(file.value) : undefined;
    return value === undefined
      ? { kind: "unseen", name: "without `value`", reason: "cannot be seen" }
      : fileAt(value, context);
  });
}

function fileAt(name: string, { stack }: RuleContext): EnvironmentFile {
  const arn = arnParts(name);
  const [, bucket, key] = /^([^/]+)\/(.+)$/s.exec(arn?.resource ?? "") ?? [];
  if (arn?.service !== "s3" || bucket === undefined || key === undefined) {
    return { kind: "unseen", name, reason: "is no ARN of an object: what it says cannot be seen" };
  }
  const object = stack
    .findAll(OBJECTS, "key", key)
    .find((one) => knownText(one, "bucket").text === bucket);
  if (object === undefined) {
    const reason = "is no object of this stack: what it says cannot be seen";
    return { kind: "unseen", name, reason };
  }
  const content = knownText(object, "content");
  if (content.kind === "unknown") return { kind: "unknown", name };
  return content.text === undefined
    ? { kind: "unseen", name, reason: "has no `content`: what it says cannot be seen" }
    : { kind: "read", name, variables: variablesIn(content.text) };
}

/**
 * `NAME=VALUE` lines; all of the value counts, quotes and spaces too. A comment is a name nobody asks for.
 *
 * A value is left empty where readers disagree on it, so nobody can say what the container gets: the agent of ECS ends
 * it at a second `=` and takes an indented name as it stands, Docker does neither, and of two they may take either.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html (looked up 2026-11-21)
 */
function variablesIn(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf("=");
    if (at < 1) continue;
    const written = line.slice(0, at);
    const name = written.trim();
    const value = line.slice(at + 1);
    const doubtful = name !== written || variables.has(name) || value.includes("=");
    variables.set(name, doubtful ? "" : value);
  }
  return variables;
}

function knownText(
  { props }: Resource,
  property: string,
): { readonly kind: "known" | "unknown"; readonly text?: string | undefined } {
  try {
    return { kind: "known", text: textOf(props[property]) };
  } catch (error) {
    if (isUnknownRead(error)) return { kind: "unknown" };
    throw error;
  }
}
