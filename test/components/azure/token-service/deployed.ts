import type { AzureTokenServiceArgs } from "../../../../components/azure/token-service/args.ts";
import { TokenService } from "../../../../components/azure/token-service/token-service.ts";
import { deploy, type Registered } from "../../../support/deploy.ts";
import { inputsOf } from "../support.ts";
import { answers, serviceArgs } from "./support.ts";

/** The component against mocks. */
export const run = (change: Partial<AzureTokenServiceArgs> = {}) =>
  deploy(() => new TokenService("tokens", serviceArgs(change)), answers);

type Resources = readonly Registered[];

/** Who has which role on what. */
export const grantsOf = (resources: Resources) =>
  resources
    .filter(({ type }) => type.endsWith(":RoleAssignment"))
    .map(({ inputs }) => [
      inputs.principalId,
      String(inputs.roleDefinitionId).split("/").at(-1),
      inputs.scope,
    ]);

export const configuration = (resources: Resources) =>
  inputsOf(resources, "ContainerApp").configuration as Record<string, Record<string, unknown>>;

export const container = (resources: Resources) => {
  const { template } = inputsOf(resources, "ContainerApp");
  return (template as { containers: Record<string, unknown>[] }).containers[0]!;
};
