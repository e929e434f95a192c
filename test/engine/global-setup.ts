import type { TestProject } from "vitest/node";
import { type Engine, findEngine } from "../../offline/engine/find-engine.ts";

declare module "vitest" {
  interface ProvidedContext {
    engine: Engine;
  }
}

/** Finds, downloads or builds the engine once for all engine tests. No engine: the tests fail, they are not skipped. */
export default async function setup(project: TestProject): Promise<void> {
  const engine = await findEngine({
    env: process.env,
    log: (line) => process.stdout.write(`${line}\n`),
  });
  project.provide("engine", engine);
}
