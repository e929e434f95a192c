import { readFileSync } from "node:fs";

import { type StackOutputs, stackOutputs } from "../../../contract/outputs.ts";

/** Fixed outputs, one per credential kind: helper script (eu), in-app sign-in (us), AWS profile (jp). */
export type ExampleName = "eu" | "us" | "jp";

export const exampleNames: readonly ExampleName[] = ["eu", "us", "jp"];

/** A fresh copy each time, so that a test may edit it. */
export function example(name: ExampleName): StackOutputs {
  const url = new URL(`./examples/${name}.json`, import.meta.url);
  return stackOutputs.parse(JSON.parse(readFileSync(url, "utf8")));
}
