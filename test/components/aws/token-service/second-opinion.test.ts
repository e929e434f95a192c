import { describe, expect, it } from "vitest";

import type { AwsTokenServiceArgs } from "../../../../components/aws/token-service/args.ts";
import { TokenService } from "../../../../components/aws/token-service/token-service.ts";
import { rules } from "../../../../policy-pack/policies.ts";
import { recordDependencies } from "../../../support/dependencies.ts";
import { reportsOf } from "../../../support/run-rule.ts";
import { onStandIn } from "./on-stand-in.ts";
import { authority, callerArn, existingNetwork, existingStore, serviceArgs } from "./support.ts";

const serviceConfig: AwsTokenServiceArgs["serviceConfig"] = ({ storeUrl, ...created }) =>
  JSON.stringify({
    configVersion: 1,
    routes: [{ name: "frankfurt", provider: "bedrock", region: "eu-central-1" }],
    store: { kind: "redis", url: storeUrl, durability: "managed" },
    ...created,
  });

const shapes: readonly (readonly [string, Partial<AwsTokenServiceArgs>])[] = [
  ["with everything", { signs: true, deviceAuthorities: authority }],
  ["with nothing at AWS", { callers: [] }],
  ["with token exchange", { callers: [{ kind: "web-identity", roleArn: callerArn }] }],
  ["with the company's own network and store", { network: existingNetwork, store: existingStore }],
];

describe.each(shapes)("a token service %s", (_, change) => {
  const made = () =>
    onStandIn(() => new TokenService("tokens", serviceArgs({ serviceConfig, ...change })));

  it("is what the stand-in for AWS accepts", async () => {
    expect((await made()).refused).toEqual([]);
  });

  it.each(["preview", "up"] as const)("raises no alarm at %s", async (phase) => {
    const { resources } = await made();
    const candidates = resources.map(({ type, name, inputs }) => ({
      type,
      name,
      props: { ...inputs },
      provider: { region: "eu-central-1" },
    }));
    const alarms: string[] = [];
    for (const [index, candidate] of candidates.entries()) {
      const others = candidates.slice(0, index);
      for (const rule of rules.filter(({ appliesTo }) => appliesTo(candidate.type))) {
        const reports = await reportsOf(rule, candidate, { phase, others });
        alarms.push(
          ...reports.map((r) => `${candidate.type} ${candidate.name}: ${rule.name}: ${r}`),
        );
      }
    }
    expect(alarms).toEqual([]);
  });
});

describe("the service's tasks", () => {
  it("are registered only after everything that guards them exists", async () => {
    let waitsOf: (resource: string) => string[] = () => [];
    await onStandIn(() => {
      waitsOf = recordDependencies();
      return new TokenService(
        "tokens",
        serviceArgs({ serviceConfig, deviceAuthorities: authority }),
      );
    });
    const waits = waitsOf("Service::tokens");
    expect(waits).toEqual(
      expect.arrayContaining([
        "LogGroup::tokens",
        "VpcEndpoint::tokens-ecr.dkr",
        "RolePolicy::tokens-start",
        "RolePolicy::tokens-task",
        "Listener::tokens-devices",
        "Listener::tokens-tokens",
        "ListenerRule::tokens-claimed-certificates",
        "SecurityGroupEgressRule::tokens-to-store",
        "Parameter::tokens-store-url",
      ]),
    );
    expect(waitsOf("TaskDefinition::tokens")).toEqual(
      expect.arrayContaining(["RolePolicy::tokens-start", "RolePolicy::tokens-task"]),
    );
  });
});
