import { expect, it } from "vitest";
import { parse } from "yaml";

import { strayKeys, valuesFromPulumi } from "../../stacks/config.ts";
import { program } from "../../stacks/geography.ts";
import { asPulumiHandsOver, fileText, today } from "./shipped.ts";
import { withoutService } from "./support/without-service.ts";

export type Change = readonly [from: string, to: string];

/** A stack, and the compliance file it is judged by. */
export interface Asked {
  readonly stack: string;
  /** Default: the shipped file. */
  readonly complianceText?: string | undefined;
  /** Text of the stack file before the changes. Default: the shipped one, without its token service. */
  readonly text?: string | undefined;
}

/** What a user reads, line by line, who made these changes to a stack file. */
export function refusalOf(
  { stack, complianceText = fileText("compliance/zones.yaml"), text }: Asked,
  changes: readonly Change[],
): string[] {
  const changed = changes.reduce(
    (now, [from, to]) => {
      if (!now.includes(from)) throw new Error(`stack ${stack} has no "${from}"`);
      return now.replace(from, to);
    },
    text ?? withoutService(fileText(`stacks/Pulumi.${stack}.yaml`)),
  );
  const all = asPulumiHandsOver(parse(changed).config);
  try {
    program(valuesFromPulumi(all), {
      complianceText,
      stack,
      today,
      problems: strayKeys(Object.keys(all)),
    });
  } catch (error) {
    if (error instanceof Error) return error.message.split("\n");
  }
  throw new Error("expected a refusal");
}

export type RefusalCase = [
  what: string,
  stack: string,
  changes: readonly Change[],
  problems: readonly string[],
];

/** One test a case: the whole message, nothing beside it. */
export function refused(cases: readonly RefusalCase[]): void {
  it.each<RefusalCase>(cases)("%s", (_, stack, changes, problems) => {
    expect(refusalOf({ stack }, changes)).toEqual([`${stack}: invalid configuration`, ...problems]);
  });
}
