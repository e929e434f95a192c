import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildBundle } from "./build-bundle.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(root, "out", "token-service");
const { bytes, sha256, packages } = await buildBundle({ root, out });
process.stdout.write(
  `out/token-service/main.mjs: ${bytes} bytes, ${packages} packages, sha256 ${sha256}\n`,
);
