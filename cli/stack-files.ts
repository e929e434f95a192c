import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../residency/is-record.ts";
import { didYouMean } from "../residency/nearest.ts";
import { type Problem, renderProblems } from "../residency/problem.ts";
import { readYaml } from "../residency/read-yaml.ts";
import { type Io, Refusal } from "./io.ts";

/** One `stacks/Pulumi.<name>.yaml`. */
export interface StackFile {
  readonly name: string;
  readonly path: string;
  /** Full key (`cowork:routes`) -> value, as the file has it. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Names of every stack file, sorted. */
function stackNames(io: Pick<Io, "root">): readonly string[] {
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
  const read = readYaml(readFileSync(join(root, path), "utf8"));
  if ("problems" in read) return { path, problems: read.problems };
  const content = read.value;
  if (!isRecord(content) || !isRecord(content.config)) {
    const reason =
      "missing; every setting stands under `config:`, for example `cowork:geography: eu`";
    return { path, problems: [{ path: "config", reason }] };
  }
  return { name, path, config: content.config };
}
