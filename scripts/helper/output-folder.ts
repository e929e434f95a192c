import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Why a folder must not be replaced by a build; `undefined` when it may be. */
export function outputProblem(out: string): string | undefined {
  if (!existsSync(out)) return undefined;
  let names: readonly string[];
  try {
    names = readdirSync(out);
  } catch {
    return `--out ${out}: is no folder`;
  }
  if (names.length === 0 || names.includes("install.json")) return undefined;
  return `--out ${out}: holds files, but no earlier build (no install.json): name another folder`;
}

/** Puts a finished folder in the place of an earlier one, which comes back should that fail. */
export function swapIn(finished: string, out: string): void {
  if (!existsSync(out)) {
    renameSync(finished, out);
    return;
  }
  const aside = mkdtempSync(join(dirname(out), `.${basename(out)}-old-`));
  const earlier = join(aside, "earlier");
  renameSync(out, earlier);
  try {
    renameSync(finished, out);
  } catch (error) {
    renameSync(earlier, out);
    throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
