import { describe, expect, it } from "vitest";

import type { AzureTokenServiceArgs } from "../../../../components/azure/token-service/args.ts";
import { TokenService } from "../../../../components/azure/token-service/token-service.ts";
import { rules } from "../../../../policy-pack/policies.ts";
import { type Candidate, reportsOf } from "../../../support/run-rule.ts";
import { onStandIn } from "./on-stand-in.ts";
import {
  applicationObjectId,
  authority,
  existingNetwork,
  existingStore,
  serviceArgs,
  subscriptionId,
  tenantId,
  tested,
  us,
  workspaceId,
} from "./support.ts";

const shapes: readonly (readonly [string, Partial<AzureTokenServiceArgs>])[] = [
  ["with nothing chosen", {}],
  [
    "with everything",
    {
      signs: true,
      deviceAuthorities: authority,
      certificateHeaderTested: tested,
      callerApplicationObjectId: applicationObjectId,
    },
  ],
  [
    "with the company's own store",
    { store: existingStore, signs: true, keyProtection: "software" },
  ],
  ["in the company's own subnets", { network: existingNetwork }],
];

/** The route's own, which the service shares. */
const workspace: Candidate = {
  type: "azure-native:operationalinsights:Workspace",
  name: "route",
  provider: { subscriptionId, tenantId },
  props: {
    resourceGroupName: "cowork-example-us-foundry",
    workspaceName: workspaceId.split("/").at(-1),
    location: "eastus2",
  },
};

describe.each(shapes)("a token service at Azure %s", (_, change) => {
  let once: ReturnType<typeof onStandIn> | undefined;
  const made = () => {
    once ??= onStandIn(() => new TokenService("tokens", serviceArgs(change)));
    return once;
  };

  it("is what the stand-ins for Azure and Entra accept", async () => {
    expect((await made()).refused).toEqual([]);
  });

  it("is looked at: without the route's workspace its record has no place that is seen", async () => {
    const { resources } = await made();
    const logs = resources.find(({ name }) => name === "tokens-logs")!;
    const rule = rules.find(({ name }) => name === "azure-data-stays-in-the-zone")!;
    const candidate = {
      ...logs,
      props: { ...logs.inputs },
      provider: { subscriptionId, tenantId },
    };
    expect(await reportsOf(rule, candidate, { phase: "up", zone: us })).toEqual([
      'blocks: undecidable: `workspaceId` "cowork-example-us-foundry" is nothing this run has made, so its place is not seen',
    ]);
  });

  it.each(["preview", "up"] as const)("raises no alarm at %s", async (phase) => {
    const { resources } = await made();
    const candidates = resources.map(({ type, name, inputs }) => ({
      type,
      name,
      props: { ...inputs },
      provider: { subscriptionId, tenantId },
    }));
    const alarms: string[] = [];
    for (const [index, candidate] of candidates.entries()) {
      const others = [workspace, ...candidates.slice(0, index)];
      for (const rule of rules) {
        if (!rule.appliesTo(candidate.type)) continue;
        const reports = await reportsOf(rule, candidate, { phase, zone: us, others });
        alarms.push(...reports.map((report) => `${rule.name} ${candidate.name}: ${report}`));
      }
    }
    expect(alarms).toEqual([]);
  });
});
