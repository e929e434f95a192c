import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Root of the checkout under test. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Fills a folder with a checkout whose stack and compliance files may be changed; the code is linked. */
export function fillHouse(folder: string): void {
  for (const room of ["stacks", "compliance", "Pulumi.yaml"]) {
    cpSync(join(root, room), join(folder, room), { recursive: true });
  }
  for (const room of ["policy-pack", "node_modules", "residency"]) {
    symlinkSync(join(root, room), join(folder, room));
  }
}
