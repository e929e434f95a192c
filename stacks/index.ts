import { readFileSync } from "node:fs";

import * as pulumi from "@pulumi/pulumi";

import { strayKeys, valuesFromPulumi } from "./config.ts";
import { program } from "./geography.ts";

// `pulumi.Config` shows only keys that are asked for; a misspelt one would silently do nothing.
const all = pulumi.runtime.allConfig();

/** The geography's contract with the laptops; see contract/outputs.ts. */
export const { landingZone } = program(valuesFromPulumi(all), {
  complianceText: readFileSync(new URL("../compliance/zones.yaml", import.meta.url), "utf8"),
  stack: pulumi.getStack(),
  today: new Date().toISOString().slice(0, 10),
  problems: strayKeys(Object.keys(all)),
});
