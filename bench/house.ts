import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
  for (const stack of stacks) {
    cpSync(join(root, "stacks", "Pulumi.eu.yaml"), join(folder, "stacks", `Pulumi.${stack}.yaml`));
  }
  const compliance = join(folder, "compliance", "zones.yaml");
  writeFileSync(compliance, ["stacks:", ...stacks.map((stack) => `  ${stack}: eu`), ""].join("\n"));
  const lines: string[] = [];
  const io = benchIo(folder, lines, { ...process.env, COWORK_COMPLIANCE_FILE: compliance });
  return { io, lines, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
