import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import writeFileAtomic from "write-file-atomic";
import { generatedFiles } from "./generated-files.ts";

const root = new URL("..", import.meta.url);
for (const { path, render } of generatedFiles) {
  const file = fileURLToPath(new URL(path, root));
  const before = read(file);
  const after = render(before);
  if (after === before) continue;
  writeFileAtomic.sync(file, after);
  process.stdout.write(`wrote ${path}\n`);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
