import { type Attempt, askVersion, engineFile, onPath } from "./engine-file.ts";

/** First way: the CLI the user already has. */
export async function engineOnPath(env: NodeJS.ProcessEnv): Promise<Attempt> {
  const command = onPath(engineFile, env.PATH);
  return command ? await askVersion(command, env) : { reason: "no pulumi on PATH" };
}
