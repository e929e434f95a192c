import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openSession } from "../../cli/session.ts";
import { readStackFiles } from "../../cli/stack-files.ts";
import type { Operation } from "../../offline/engine/run-stack.ts";
import { copyOfHouse, ioAt } from "./checkout.ts";

/** A checkout of its own with one offline session, so that a test may edit stack and compliance files. */
export async function openHouse() {
  const folder = copyOfHouse();
  const { io } = ioAt(folder);
  const session = await openSession({ io, offline: true, log: () => undefined });
  onTestFinished(() => session.close());

  const edit = (file: string, change: (text: string) => string) => {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    const changed = change(text);
    if (changed === text) throw new Error(`nothing changed in ${file}`);
    writeFileSync(path, changed);
  };
  return {
    edit,
    /** Leaves a stack with its first route: what a test of one provider needs, in half the time. */
    firstRouteOnly: (name: string) =>
      edit(`stacks/Pulumi.${name}.yaml`, (text) =>
        text
          .replace(/^ {4}- name: google\n[\s\S]*?(?=^ {2}cowork:profiles)/m, "")
          // The token service goes with the rest; laptops exchange their sign-in themselves.
          .replaceAll("exchange: token-service, ", ""),
      ),
    async run(name: string, operation: Operation) {
      const [stack] = readStackFiles(io, [name]);
      if (stack === undefined) throw new Error(`no stack ${name}`);
      return session.run(stack, operation);
    },
  };
}
