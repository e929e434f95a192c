import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";

import { z } from "zod";

import { byCodePoint } from "./setting-value.ts";

/** A folder that must not be replaced. Its message is complete. */
export class ForeignFolderError extends Error {}

const manifestSchema = z.object({
  manifestVersion: z.literal(1),
  files: z.array(z.object({ path: z.string() })),
});

/** What file managers leave behind when somebody looks into a folder. */
const LITTER: ReadonlySet<string> = new Set([".DS_Store", "Thumbs.db", "desktop.ini"]);

/**
 * The folder is replaced as a whole, so it may hold only what its own manifest lists.
 *
 * @throws ForeignFolderError naming the first file that would be lost.
 */
export async function refuseForeignFiles(folder: string): Promise<void> {
  const present = await filesBelow(folder);
  if (present.length === 0) return;
  const owned = new Set(["manifest.json", ...(await listedFiles(folder))]);
  const stranger = present.find((path) => !owned.has(path));
  if (stranger === undefined) return;
  throw new ForeignFolderError(
    `${folder} holds ${stranger}, which is not part of a profile set; move it away or choose another --out`,
  );
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return entries
    .filter((entry) => !entry.isDirectory() && !LITTER.has(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.split(sep).join("/"))
    .sort(byCodePoint);
}

async function listedFiles(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, "manifest.json"), "utf8").catch(() => "");
  try {
    return manifestSchema.parse(JSON.parse(text)).files.map(({ path }) => path);
  } catch {
    // Not ours, or not readable: then nothing in the folder is.
    return [];
  }
}
