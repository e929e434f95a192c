import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "./support.ts";

/** Root of the checkout under test. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What `lz` is handed, with everything it says kept. */
export function ioAt(at: string, env: NodeJS.ProcessEnv = process.env) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    env,
    root: at,
    today: "2026-11-21",
  };
  return { io, out, err };
}

/** A checkout of its own, so that a test may break a stack file. */
export function copyOfHouse(): string {
  const folder = temporaryFolder();
  for (const room of ["stacks", "compliance", "Pulumi.yaml"]) {
    cpSync(join(root, room), join(folder, room), { recursive: true });
  }
  for (const room of ["policy-pack", "node_modules", "residency"]) {
    symlinkSync(join(root, room), join(folder, room));
  }
  return folder;
}
