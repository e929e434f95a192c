import { run } from "./run.ts";

const code = await run({
  args: process.argv.slice(2),
  environment: process.env,
  loadObtain: async () => (await import("./obtain.ts")).obtain,
});
// Connections kept for reuse would hold the process up.
process.exit(code);
