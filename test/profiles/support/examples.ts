import { readFileSync } from "node:fs";

import { type StackOutputs, stackOutputs } from "../../../contract/outputs.ts";

/**
 * Fixed outputs, one per provider and credential kind. Bedrock: helper script (eu), in-app sign-in (us), AWS
 * profile (jp). Vertex: workforce through the broker (eu-google), Google sign-in and credential file
 * (us-google), helper script (sg). Gateway: both spellings of the sign-in and a helper (eu-gateway).
 * Anthropic: helper script and browser (pilot). Mantle: helper script (eu-mantle). Foundry: Entra ID through the broker and helper script
 * (us-foundry).
 */
export const exampleNames = [
  "eu",
  "us",
  "jp",
  "eu-google",
  "us-google",
  "sg",
  "eu-gateway",
  "pilot",
  "eu-mantle",
  "us-foundry",
] as const;
export type ExampleName = (typeof exampleNames)[number];

/** A fresh copy each time, so that a test may edit it. */
export function example(name: ExampleName): StackOutputs {
  const url = new URL(`./examples/${name}.json`, import.meta.url);
  return stackOutputs.parse(JSON.parse(readFileSync(url, "utf8")));
}
