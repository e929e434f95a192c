import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { didYouMean } from "../residency/nearest.ts";
import { type Problem, renderProblems } from "../residency/problem.ts";
import { type Io, Refusal } from "./io.ts";

/** One `stacks/Pulumi.<name>.yaml`. */
export interface StackFile {
  readonly name: string;
  readonly path: string;
  /** Full key (`cowork:routes`) -> value, as the file has it. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Names of every stack file, sorted. */
export function stackNames(io: Pick<Io, "root">): readonly string[] {
  return readdirSync(join(io.root, "stacks"))
    .flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? [])
    .sort();
}

/** Reads the named stack files, all of them when none is named. Every unknown or unreadable one is reported. */
export function readStackFiles(io: Pick<Io, "root">, named: readonly string[]): StackFile[] {
  const known = stackNames(io);
  const wanted = named.length > 0 ? [...new Set(named)] : known;
  const problems: Problem[] = wanted
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = didYouMean(name, known);
      return {
        path: name,
        reason: `no stacks/Pulumi.${name}.yaml: there is ${known.join(", ")}${meant}`,
      };
    });
  if (problems.length > 0) throw new Refusal(renderProblems("unknown stacks", problems), 2);

  const files = wanted.map((name) => readStackFile(io, name));
  const broken = files.flatMap((file) => ("problems" in file ? [file] : []));
  if (broken.length > 0) {
    throw new Refusal(
      broken.map((f) => renderProblems(`${f.path}: unreadable`, f.problems)).join("\n"),
    );
  }
  return files.flatMap((file) => ("problems" in file ? [] : [file]));
}

type ReadFile = StackFile | { readonly path: string; readonly problems: readonly Problem[] };

function readStackFile({ root }: Pick<Io, "root">, name: string): ReadFile {
  const path = join("stacks", `Pulumi.${name}.yaml`);
  const document = parseDocument(readFileSync(join(root, path), "utf8"), { uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      path,
      problems: document.errors.map((error) => ({
        path: `line ${error.linePos?.[0].line ?? 1}`,
        reason: error.message.split("\n")[0] ?? "unreadable YAML",
      })),
    };
  }
  const content: unknown = document.toJS();
  if (!isRecord(content) || !isRecord(content.config)) {
    return {
      path,
      problems: [{ path: "config", reason: "missing: a stack file needs `config:`" }],
    };
  }
  return { name, path, config: content.config };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
