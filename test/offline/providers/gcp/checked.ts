import { gcpModel } from "../../../../offline/providers/gcp/model.ts";
import { tokenOf } from "../../../../offline/providers/gcp/type-tokens.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";

const model = gcpModel();

/** Provider most tests use. */
export const config: Properties = { project: "cowork-eu", region: "europe-west1" };

/** Checks inputs of `module/Class`, called `name` by the program; `olds` are those of the last run. */
export function check(
  type: string,
  news: Properties,
  { olds = {}, given = config, name = "claude" }: CheckOptions = {},
) {
  const token = tokenOf(type);
  const target = { urn: `urn:pulumi:eu::p::${token}::${name}`, type: token };
  const { inputs, failures } = model.check(target, olds, news, given);
  return { inputs, failures: failures.map(({ property, reason }) => `${property}: ${reason}`) };
}

interface CheckOptions {
  readonly olds?: Properties;
  readonly given?: Properties;
  readonly name?: string;
}
