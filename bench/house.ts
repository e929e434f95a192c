import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Io } from "../cli/io.ts";
import { fillHouse } from "../test/support/house.ts";
import { root } from "./process.ts";

export interface House {
  readonly io: Io;
  /** What the commands printed. */
  readonly lines: readonly string[];
  readonly remove: () => void;
}

export function benchIo(at: string, lines: string[] = [], env: Io["env"] = process.env): Io {
  const say = (line: string) => void lines.push(line);
  return { out: say, err: say, env, root: at, today: new Date().toISOString().slice(0, 10) };
}

/** A temporary checkout whose stacks are copies of `eu` under other names, all mapped to zone eu. */
export function openHouse(stacks: readonly string[]): House {
  const folder = mkdtempSync(join(tmpdir(), "cowork-bench-"));
  fillHouse(folder);
  rmSync(join(folder, "stacks"), { recursive: true });
  mkdirSync(join(folder, "stacks"));
  const eu = readFileSync(join(root, "stacks", "Pulumi.eu.yaml"), "utf8");
  for (const stack of stacks) {
    // A policy names the stack it belongs to; the zone above it stays.
    const text = eu.replaceAll(/^( +geography:) eu$/gm, `$1 ${stack}`);
    writeFileSync(join(folder, "stacks", `Pulumi.${stack}.yaml`), text);
  }
  const compliance = join(folder, "compliance", "zones.yaml");
  writeFileSync(compliance, ["stacks:", ...stacks.map((stack) => `  ${stack}: eu`), ""].join("\n"));
  const lines: string[] = [];
  const io = benchIo(folder, lines, { ...process.env, COWORK_COMPLIANCE_FILE: compliance });
  return { io, lines, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
