import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { strayKeys, valuesFromPulumi } from "../stacks/config.ts";
import { program } from "../stacks/geography.ts";
import { complianceFile } from "./compliance-file.ts";
import type { Io } from "./io.ts";

/** The program of `stacks/index.ts` as an inline one: the same configuration, the same compliance file. */
export function stackProgram(io: Pick<Io, "env" | "root" | "today">, stack: string): PulumiFn {
  return async () => {
    const all = pulumi.runtime.allConfig();
    return {
      ...program(valuesFromPulumi(all), {
        complianceText: readFileSync(complianceFile(io), "utf8"),
        stack,
        today: io.today,
        problems: strayKeys(Object.keys(all)),
      }),
    };
  };
}
