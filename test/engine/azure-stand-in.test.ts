import * as account from "@pulumi/azure-native/cognitiveservices/account.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as privatedns from "@pulumi/azure-native/privatedns/index.js";
import { Provider } from "@pulumi/azure-native/provider.js";
import { DeploymentStackAtResourceGroup } from "@pulumi/azure-native/resources/deploymentStackAtResourceGroup.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StackRun } from "../../offline/engine/run-stack.ts";
import { type StandIns, startStandIns } from "../../offline/providers/stand-ins.ts";
import { stand } from "./support.ts";

let standIns: StandIns;
beforeAll(async () => {
  standIns = await startStandIns();
});
afterAll(() => standIns.close());

const subscriptionId = "11111111-2222-4333-8444-555555555555";
const tenantId = "99999999-2222-4333-8444-555555555555";

interface Wanted {
  readonly version: string;
  readonly subdomain: string;
}

/** Most of what a Foundry route consists of, with one deployment whose host name is not known at first. */
const program =
  ({ version, subdomain }: Wanted) =>
  async () => {
    const provider = new Provider("azure", { subscriptionId, tenantId, location: "eastus2" });
    const entra = new azuread.Provider("entra", { tenantId });
    const options = { provider };
    const group = new ResourceGroup("cowork", {}, options);
    const resourceGroupName = group.name;
    const vnet = new network.VirtualNetwork(
      "private",
      { resourceGroupName, addressSpace: { addressPrefixes: ["10.40.0.0/16"] } },
      options,
    );
    const subnet = new network.Subnet(
      "endpoints",
      { resourceGroupName, virtualNetworkName: vnet.name, addressPrefix: "10.40.0.0/24" },
      options,
    );
    const foundry = new account.Account(
      "claude",
      {
        resourceGroupName,
        kind: "AIServices",
        sku: { name: "S0" },
        properties: { customSubDomainName: subdomain },
      },
      options,
    );
    const zone = new privatedns.PrivateZone(
      "zone",
      {
        resourceGroupName,
        privateZoneName: "privatelink.services.ai.azure.com",
        location: "global",
      },
      options,
    );
    const endpoint = new network.PrivateEndpoint(
      "path",
      {
        resourceGroupName,
        subnet: { id: subnet.id },
        privateLinkServiceConnections: [
          { name: "claude", privateLinkServiceId: foundry.id, groupIds: ["account"] },
        ],
      },
      options,
    );
    new network.PrivateDnsZoneGroup(
      "zones",
      {
        resourceGroupName,
        privateEndpointName: endpoint.name,
        privateDnsZoneConfigs: [{ name: "services", privateDnsZoneId: zone.id }],
      },
      options,
    );
    const stack = new DeploymentStackAtResourceGroup(
      "models",
      {
        resourceGroupName,
        actionOnUnmanage: { resources: "delete" },
        denySettings: { mode: "none" },
        template: {
          $schema:
            "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          contentVersion: "1.0.0.0",
          resources: [
            {
              type: "Microsoft.CognitiveServices/accounts/deployments",
              apiVersion: "2025-12-01",
              name: pulumi.interpolate`${foundry.name}/claude-sonnet-5-5`,
              sku: { name: "DataZoneStandard", capacity: 25 },
              properties: {
                model: { format: "Anthropic", name: "claude-sonnet-5-5", version },
                modelProviderData: {
                  organizationName: "Example Corp",
                  countryCode: "US",
                  industry: "technology",
                },
              },
            },
          ],
        },
      },
      options,
    );
    const inTenant = { provider: entra };
    const app = new azuread.ApplicationRegistration("app", { displayName: "Claude" }, inTenant);
    new azuread.ApplicationRedirectUris(
      "broker",
      {
        applicationId: app.id,
        type: "PublicClient",
        redirectUris: [
          "http://127.0.0.1/callback",
          pulumi.interpolate`ms-appx-web://Microsoft.AAD.BrokerPlugin/${app.clientId}`,
        ],
      },
      inTenant,
    );
    const own = new azuread.ServicePrincipal("own", { clientId: app.clientId }, inTenant);
    const api = await azuread.getServicePrincipal(
      { clientId: "7d312290-28c8-473c-a0ed-8e53749b6d6d" },
      inTenant,
    );
    new azuread.ServicePrincipalDelegatedPermissionGrant(
      "consent",
      {
        servicePrincipalObjectId: own.objectId,
        resourceServicePrincipalObjectId: api.objectId,
        claimValues: ["user_impersonation"],
      },
      inTenant,
    );
    return {
      accountId: foundry.id,
      location: foundry.location,
      endpoint: foundry.properties.endpoint,
      deployments: stack.resources,
    };
  };

const changed = ({ steps }: StackRun) =>
  steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`);
const wanted = { version: "2", subdomain: "cowork-us-7f3a" };

test("a program on Azure and Entra is previewed, made, left alone, changed and taken down", async () => {
  const engine = stand({ stackName: "us", env: standIns.env });
  const preview = await engine.run("preview", program(wanted));
  expect(preview.problems).toEqual([]);

  const up = await engine.run("up", program(wanted));
  expect(up.problems).toEqual([]);
  const group = `/subscriptions/${subscriptionId}/resourceGroups/cowork[0-9a-f]{8}`;
  const accountId = `${group}/providers/Microsoft.CognitiveServices/accounts/claude[0-9a-f]{8}`;
  expect(up.outputs).toEqual({
    accountId: expect.stringMatching(new RegExp(`^${accountId}$`)),
    location: "eastus2",
    endpoint: "https://cowork-us-7f3a.cognitiveservices.azure.com/",
    deployments: [
      {
        id: expect.stringMatching(new RegExp(`^${accountId}/deployments/claude-sonnet-5-5$`)),
        status: "managed",
        denyStatus: "none",
      },
    ],
  });

  const second = await engine.run("up", program(wanted));
  expect(second.problems).toEqual([]);
  expect(changed(second)).toEqual([]);

  const other = await engine.run("up", program({ ...wanted, version: "1" }));
  expect(other.problems).toEqual([]);
  expect(changed(other)).toEqual(["update models"]);

  const gone = await engine.run("destroy", program(wanted));
  expect(gone.problems).toEqual([]);
});

test("an account that was destroyed keeps its subdomain, and another may not take it", async () => {
  const engine = stand({ stackName: "us", env: standIns.env });
  const kept = { ...wanted, subdomain: "cowork-us-kept" };
  expect((await engine.run("up", program(kept))).problems).toEqual([]);
  expect((await engine.run("destroy", program(kept))).problems).toEqual([]);
  const again = await engine.run("up", program(kept));
  expect(again.ok).toBe(false);
  expect(again.problems.join("\n")).toContain(
    'the customSubDomainName "cowork-us-kept" is held for 48 hours by a deleted azure-native:cognitiveservices:Account; purge that, choose another name, or take it back with `properties.restore` true',
  );
});
