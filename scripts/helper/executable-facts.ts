import { type Elf, readElf } from "./elf.ts";
import { type MachO, readMachO } from "./mach-o.ts";
import { type Pe, readPe } from "./pe.ts";
import type { Target } from "./targets.ts";
import { wholeProblems } from "./whole-executable.ts";

export type ExecutableFacts = MachO | Pe | Elf;

/** @returns `undefined` when the file is none of the three kinds, or is cut short. */
export function readExecutable(bytes: Buffer): ExecutableFacts | undefined {
  try {
    return readMachO(bytes) ?? readPe(bytes) ?? readElf(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const formats = { darwin: "mach-o", windows: "pe", linux: "elf" } as const;
const interpreters = {
  x64: "/lib64/ld-linux-x86-64.so.2",
  arm64: "/lib/ld-linux-aarch64.so.1",
} as const;

/** Why a file is no executable of a target; empty when it is one. */
export function executableProblems(bytes: Buffer, target: Target): readonly string[] {
  const facts = readExecutable(bytes);
  if (facts === undefined) return ["is no executable of a known kind, or is cut short"];
  if (facts.format !== formats[target.system]) {
    return [`is a ${facts.format} file; ${target.system} needs ${formats[target.system]}`];
  }
  const processor =
    facts.processor === target.processor
      ? []
      : [`is for processor ${facts.processor}; the target is ${target.processor}`];
  return [...processor, ...formatProblems(facts, target), ...unwhole(bytes, facts)];
}

function unwhole(bytes: Buffer, { format }: ExecutableFacts): readonly string[] {
  try {
    return wholeProblems(bytes, format);
  } catch (error) {
    if (error instanceof RangeError) return ["is cut short within its headers"];
    throw error;
  }
}

function formatProblems(facts: ExecutableFacts, target: Target): readonly string[] {
  if (facts.format === "mach-o") return machOProblems(facts);
  if (facts.format === "pe") {
    return facts.subsystem === "console" ? [] : [`has subsystem ${facts.subsystem}; need console`];
  }
  const wanted = interpreters[target.processor];
  if (facts.interpreter === wanted) return [];
  return [`asks for the loader ${facts.interpreter ?? "of nobody"}; need ${wanted}`];
}

function machOProblems({ executable, signature }: MachO): readonly string[] {
  const kind = executable ? [] : ["is a Mach-O file, but no program"];
  if (signature === undefined) return [...kind, "is not signed: macOS refuses to start it"];
  if (signature.wrongPages === 0) return kind;
  const { pages, wrongPages } = signature;
  return [...kind, `was changed after it was signed: ${wrongPages} of ${pages} pages differ`];
}
