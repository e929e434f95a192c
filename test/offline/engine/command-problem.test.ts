import { expect, test } from "vitest";
import { commandProblem } from "../../../offline/engine/command-problem.ts";

test.each([
  [
    "code: -2\n stdout: \n stderr: Command failed with exit code 255: /x/pulumi up\nerror: the stack is locked\n  by pid 7\n err?: Error: x\n",
    "the stack is locked\n  by pid 7",
  ],
  [
    "code: -2\n stdout: \n stderr: Command was killed with SIGKILL (Forced termination): pulumi up",
    "the engine was killed (SIGKILL)",
  ],
  ["code: -2\n stdout: \n stderr: spawn /x/pulumi ENOENT", "stderr: spawn /x/pulumi ENOENT"],
  ["", "the engine failed without saying why"],
])("%j is told in the engine's own words", (message, problem) => {
  expect(commandProblem(new Error(message))).toBe(problem);
});
