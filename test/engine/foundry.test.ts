import { expect, test } from "vitest";

import { stackOutputs } from "../../contract/outputs.ts";
import { openHouse } from "./house.ts";

/** A Foundry route with every optional part. */
const everything = `
    - name: azure-full
      provider: foundry
      subscriptionId: 1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f
      tenantId: 9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f
      region: eastus2
      resourceName: example-claude-full
      models:
        - { model: claude-sonnet-5-5, version: "2", sku: DataZoneStandard, capacity: 25 }
        - { model: claude-opus-5-5, version: "2", sku: DataZoneStandard, capacity: 10 }
      attestation:
        organizationName: Example Corporation
        countryCode: US
        industry: finance
        attestedBy: counsel@example.com
        attestedOn: 2026-11-20
      network: { kind: create, cidr: 10.43.0.0/24, clientCidrs: [10.12.0.0/14] }
      access: { groupId: 5b1f0c2e-7d3a-4e9b-8c6d-2a4f6e8b0c1d, role: cognitive-services-user }
      application:
        kind: create
        adminConsent: { acceptedBy: identity@example.com, acceptedOn: 2026-11-20 }
      desktop: { kind: interactive, authFlow: broker }
      logs: { retentionDays: 90, sentinel: true }
      deployer:
        issuer: https://token.actions.githubusercontent.com
        subject: repo:example@12345/landing-zone@678:ref:refs/heads/main
      azurePolicy: { scope: resource-group, effect: deny }
`;

test("a Foundry route with every part goes up, changes nothing the second time and goes away", async () => {
  const house = await openHouse();
  house.edit("stacks/Pulumi.us.yaml", (text) =>
    text.replace(
      / {2}cowork:routes:\n[\s\S]*(?= {2}cowork:profiles)/,
      `  cowork:routes:${everything}`,
    ),
  );
  const preview = await house.run("us", "preview");
  expect(preview.problems).toEqual([]);
  // Azure chooses the id that the redirect of the Windows broker holds.
  expect(
    preview.policyMessages.map(({ rule, message }) => [rule, message.split("\n").at(-1)]),
  ).toEqual([
    [
      "entra-apps-are-public-single-tenant",
      "not proven, decided at up: `redirectUris` is not known yet",
    ],
  ]);

  const up = await house.run("us", "up");
  expect(up.problems).toEqual([]);
  expect(up.policyMessages).toEqual([]);
  expect(up.changes).toEqual(preview.changes);
  const [route] = stackOutputs.parse(up.outputs.landingZone).routes;
  expect(route).toMatchObject({ provider: "foundry", resourceName: "example-claude-full" });

  const second = await house.run("us", "up");
  expect(second.problems).toEqual([]);
  expect(Object.keys(second.changes)).toEqual(["same"]);

  const gone = await house.run("us", "destroy");
  expect(gone.problems).toEqual([]);
  expect(Object.keys(gone.changes)).toEqual(["delete"]);
});

test("a route in a company's own network, with a hub's zones and an application of its own, is proven at its preview", async () => {
  const house = await openHouse();
  const hub =
    "/subscriptions/2d3e4f5a-6b7c-4d8e-9f0a-1b2c3d4e5f6a/resourceGroups/hub/providers/Microsoft.Network";
  const zones = ["cognitiveservices", "openai", "services.ai"].map(
    (name) => `${hub}/privateDnsZones/privatelink.${name}.azure.com`,
  );
  const least = everything
    .replace(
      /network: .*/,
      `network: { kind: existing, subnetId: ${hub}/virtualNetworks/hub/subnets/claude, clientCidrs: [10.12.0.0/14] }\n      dns: { kind: existing, zoneIds: [${zones.join(", ")}] }`,
    )
    .replace(
      / {6}application:\n.*\n.*\n/,
      "      application: { kind: existing, clientId: 0f1e2d3c-4b5a-4968-8776-655443322110 }\n",
    )
    .replace(/ {6}logs:[\s\S]*/, "");
  house.edit("stacks/Pulumi.us.yaml", (text) =>
    text.replace(/ {2}cowork:routes:\n[\s\S]*(?= {2}cowork:profiles)/, `  cowork:routes:${least}`),
  );
  const preview = await house.run("us", "preview");
  expect(preview.problems).toEqual([]);
  expect(preview.policyMessages).toEqual([]);
});

test("sign-in inside the app by an application the kit registers is proven at its preview and stays as it is", async () => {
  const house = await openHouse();
  const browser = everything
    .replace(/ {6}application:\n.*\n.*\n/, "")
    .replace("authFlow: broker", "authFlow: browser")
    .replace(/ {6}logs:[\s\S]*/, "");
  house.edit("stacks/Pulumi.us.yaml", (text) =>
    text.replace(
      / {2}cowork:routes:\n[\s\S]*(?= {2}cowork:profiles)/,
      `  cowork:routes:${browser}`,
    ),
  );
  const preview = await house.run("us", "preview");
  expect(preview.problems).toEqual([]);
  expect(preview.policyMessages).toEqual([]);

  const up = await house.run("us", "up");
  expect(up.problems).toEqual([]);
  expect(up.policyMessages).toEqual([]);
  const [route] = stackOutputs.parse(up.outputs.landingZone).routes;
  expect(route?.desktop).toEqual({ kind: "interactive", authFlow: "browser" });

  const second = await house.run("us", "up");
  expect(second.problems).toEqual([]);
  expect(Object.keys(second.changes)).toEqual(["same"]);
});
