import { commandProblem } from "./command-problem.ts";
import { EngineError } from "./engine-error.ts";
import { type OpenStackArgs, stackOpener } from "./open-stack.ts";

/**
 * Outputs of a stack as it was last deployed; reads the state and touches nothing else. Outputs that hold
 * a secret are left out.
 *
 * @throws EngineError when the engine cannot start or the state cannot be read.
 */
export async function readOutputs(args: OpenStackArgs): Promise<Readonly<Record<string, unknown>>> {
  const open = await stackOpener(args);
  try {
    const outputs = await (await open()).outputs();
    return Object.fromEntries(
      Object.entries(outputs)
        .filter(([, { secret }]) => !secret)
        .map(([name, { value }]) => [name, value]),
    );
  } catch (error) {
    throw new EngineError(
      `${args.stackName}: its outputs cannot be read: ${commandProblem(error)}`,
    );
  }
}
