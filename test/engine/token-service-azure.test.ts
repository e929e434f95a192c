import { fileURLToPath } from "node:url";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import { Workspace } from "@pulumi/azure-native/operationalinsights/workspace.js";
import { Provider } from "@pulumi/azure-native/provider.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { AzureTokenServiceArgs } from "../../components/azure/token-service/args.ts";
import { TokenService } from "../../components/azure/token-service/token-service.ts";
import { type StandIns, startStandIns } from "../../offline/providers/stand-ins.ts";
import {
  applicationObjectId,
  authority,
  existingNetwork,
  existingStore,
  serviceArgs,
  subscriptionId,
  tenantId,
  tested,
  workspaceId,
} from "../components/azure/token-service/support.ts";
import { stand } from "./support.ts";

let standIns: StandIns;
beforeAll(async () => {
  standIns = await startStandIns();
});
afterAll(() => standIns.close());

/** The service beside what a route gives it: the workspace, and the identity CI deploys with. */
const program = (change: Partial<AzureTokenServiceArgs>) => async () => {
  const provider = new Provider("azure", { subscriptionId, tenantId, environment: "public" });
  const group = new ResourceGroup(
    "route",
    { resourceGroupName: "cowork-example-us-foundry", location: "eastus2" },
    { provider },
  );
  const workspace = new Workspace(
    "route",
    {
      resourceGroupName: group.name,
      workspaceName: "cowork-example-us-foundry",
      location: "eastus2",
      retentionInDays: 365,
      sku: { name: "PerGB2018" },
    },
    { provider },
  );
  const deployer = new UserAssignedIdentity(
    "route-deployer",
    { resourceGroupName: group.name, location: "eastus2", resourceName: "cowork-deployer" },
    { provider },
  );
  const args = serviceArgs({
    signs: true,
    deviceAuthorities: authority,
    certificateHeaderTested: tested,
    callerApplicationObjectId: applicationObjectId,
    deployerPrincipalId: deployer.principalId,
    ...change,
  });
  const { target, logs } = new TokenService("tokens", args, { dependsOn: [workspace] });
  return { target, logs };
};

/** Another route, in a region. */
const serving =
  (region: string): AzureTokenServiceArgs["serviceConfig"] =>
  ({ storeUrl, ...created }) =>
    JSON.stringify({
      listen: { port: 8080 },
      routes: [{ name: "bedrock-us", provider: "bedrock", region }],
      store: { kind: "redis", url: storeUrl },
      ...created,
    });

const lastLines = ({
  policyMessages,
}: {
  readonly policyMessages: readonly { readonly message: string }[];
}) => policyMessages.map(({ message }) => message.split("\n").at(-1));

test("a token service at Azure passes the whole pack, goes up, stays as it is and comes down", async () => {
  const policyPack = fileURLToPath(new URL("../../policy-pack", import.meta.url));
  const { run } = stand({ stackName: "us", policyPack, env: standIns.env });
  const preview = await run("preview", program({}));
  expect(preview.problems).toEqual([]);
  // Azure chooses the object id that the caller application trusts, and the addresses of store and key exist only with
  // them: still nothing is left for `up` to prove.
  expect(lastLines(preview)).toEqual([]);

  // A route outside the zone is seen that early, by what the app says it serves.
  const outside = await run("preview", program({ serviceConfig: serving("eu-central-1") }));
  expect(lastLines(outside)).toEqual([
    expect.stringContaining(
      "container 1, by its variable COWORK_TOKEN_SERVICE_SERVES: the region of its route bedrock-us is eu-central-1",
    ),
  ]);

  const first = await run("up", program({}));
  expect(first.problems).toEqual([]);
  expect(first.policyMessages).toEqual([]);
  expect(first.outputs).toEqual({ target: "10.0.0.62", logs: workspaceId });

  const second = await run("up", program({}));
  expect(second.problems).toEqual([]);
  expect(Object.keys(second.changes)).toEqual(["same"]);

  // Another configuration is another template of the app, and with it another revision.
  const changed = await run("preview", program({ serviceConfig: serving("us-east-1") }));
  expect(changed.problems).toEqual([]);
  expect(changed.policyMessages).toEqual([]);
  expect(changed.changes).toMatchObject({ update: 1 });

  // Now that the addresses are known the text itself is judged, and nothing is changed.
  const refused = await run("up", program({ serviceConfig: serving("eu-central-1") }));
  expect(lastLines(refused)).toEqual([
    expect.stringContaining("container 1: the region of its route bedrock-us is eu-central-1"),
  ]);

  const gone = await run("destroy", program({}));
  expect(gone.problems).toEqual([]);
  expect(Object.keys(gone.changes)).toEqual(["delete"]);
});

test("a token service at Azure with the company's own store and subnets is proven at its first preview", async () => {
  const policyPack = fileURLToPath(new URL("../../policy-pack", import.meta.url));
  const { run } = stand({ stackName: "us", policyPack, env: standIns.env });
  const own = { network: existingNetwork, store: existingStore };
  const preview = await run("preview", program(own));
  expect(preview.problems).toEqual([]);
  expect(lastLines(preview)).toEqual([]);
});
