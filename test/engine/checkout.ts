import { fillHouse } from "../support/house.ts";
import { temporaryFolder } from "./support.ts";

export { root } from "../support/house.ts";

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
  fillHouse(folder);
  return folder;
}
