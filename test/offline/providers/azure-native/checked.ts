import { azureNativeModel } from "../../../../offline/providers/azure-native/model.ts";
import { tokenOf } from "../../../../offline/providers/azure-native/type-tokens.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";

/** Provider most tests use. */
export const config: Properties = {
  subscriptionId: "11111111-2222-4333-8444-555555555555",
  tenantId: "99999999-2222-4333-8444-555555555555",
  location: "eastus2",
};

/** Resource of `module/Class` as the engine names it. */
export function targetOf(type: string, name = "claude") {
  const token = tokenOf(type);
  return { urn: `urn:pulumi:us::p::${token}::${name}`, type: token };
}

interface CheckOptions {
  readonly olds?: Properties;
  readonly given?: Properties;
  readonly name?: string;
  readonly model?: ReturnType<typeof azureNativeModel>;
}

/** Checks inputs of `module/Class`, called `name` by the program; `olds` are those of the last run. */
export function check(
  type: string,
  news: Properties,
  { olds = {}, given = config, name = "claude", model = azureNativeModel() }: CheckOptions = {},
) {
  const { inputs, failures } = model.check(targetOf(type, name), olds, news, given);
  return { inputs, failures: failures.map(({ property, reason }) => `${property}: ${reason}`) };
}
