import type { TokenServiceConfig } from "../../contract/token-service-config.ts";
import { renderProblems } from "../../residency/problem.ts";
import { CommandFailed, type Io } from "../config/io.ts";
import { readConfig } from "../config/read-config.ts";

/** @throws CommandFailed that names every problem. */
export async function neededConfig(file: string | undefined, io: Io): Promise<TokenServiceConfig> {
  const read = await readConfig({ file, env: io.env, readFile: io.readFile });
  if ("config" in read) return read.config;
  throw new CommandFailed(renderProblems(read.title, read.problems));
}
