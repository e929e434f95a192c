import type { GoogleTokenServiceArgs } from "../../../../components/gcp/token-service/args.ts";
import { TokenService } from "../../../../components/gcp/token-service/token-service.ts";
import { deploy } from "../../../support/deploy.ts";
import { only } from "../../../support/inventory.ts";
import { answers, serviceArgs } from "./support.ts";

/** What a program with these arguments registers. */
export const run = (change: Partial<GoogleTokenServiceArgs> = {}) =>
  deploy(() => new TokenService("tokens", serviceArgs(change)), answers);
type Resources = Awaited<ReturnType<typeof run>>["resources"];

let once: ReturnType<typeof run> | undefined;
/** The same with everything left at its default, run once. */
export function usual(): ReturnType<typeof run> {
  once ??= run();
  return once;
}

export const base = "cowork-token-service-example-eu";
export const member =
  "serviceAccount:cowork-tokens-example-eu@example-claude-eu.iam.gserviceaccount.com";
export const regional = "projects/example-claude-eu/regions/europe-west3";
export const located = "projects/example-claude-eu/locations/europe-west3";
export const SERVICE = "gcp:cloudrunv2/service:Service";

export function templateOf(resources: Resources) {
  return only(resources, SERVICE).template as {
    readonly containers: readonly [
      { readonly envs: readonly { readonly name: string; readonly value?: unknown }[] },
    ];
    readonly volumes: unknown;
  };
}

/** A variable of the service's environment. */
export function variable(resources: Resources, name: string) {
  return templateOf(resources).containers[0].envs.find((one) => one.name === name);
}

/** What the service is told. */
export function configOf(resources: Resources) {
  return JSON.parse(String(secretText(resources, "tokens-config")));
}

export function inputsOf(resources: Resources, type: string) {
  return resources.filter((one) => one.type === type).map(({ inputs }) => inputs);
}

/** Text of a file, which the SDK marks as a secret. */
export function secretText(resources: Resources, name: string): unknown {
  const type = "gcp:secretmanager/secretVersion:SecretVersion";
  const made = resources.find((one) => one.type === type && one.name === name);
  return Reflect.get(made?.inputs.secretData ?? {}, "value");
}
