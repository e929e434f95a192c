import { expect, it } from "vitest";

import { TokenService } from "../../../../components/azure/token-service/token-service.ts";
import { recordDependencies } from "../../../support/dependencies.ts";
import { deploy } from "../../../support/deploy.ts";
import { answers, existingStore, serviceArgs } from "./support.ts";

const waitsOf = async (change = {}) =>
  (
    await deploy(() => {
      const waits = recordDependencies();
      new TokenService("tokens", serviceArgs(change));
      return waits;
    }, answers)
  ).result;

it("the app starts after its log, its rights and the ways to store and vault", async () => {
  const waits = await waitsOf({ signs: true });
  expect(waits("ContainerApp::tokens-app")).toEqual(
    expect.arrayContaining([
      "AccessPolicyAssignment::tokens-store",
      "DiagnosticSetting::tokens-logs",
      "DiagnosticSetting::tokens-store-logs",
      "DiagnosticSetting::tokens-vault-logs",
      "PrivateDnsZoneGroup::tokens-store-endpoint",
      "PrivateDnsZoneGroup::tokens-vault-endpoint",
      "RoleAssignment::tokens-pull",
      "RoleAssignment::tokens-vault-sign",
      "VirtualNetworkLink::tokens-store-endpoint",
    ]),
  );
});

it("the app starts after the right to its password", async () => {
  const waits = await waitsOf({ store: existingStore });
  expect(waits("ContainerApp::tokens-app")).toContain("RoleAssignment::tokens-store-password");
});

it("certificate and store come after the right to what they read", async () => {
  const waits = await waitsOf();
  expect(waits("Certificate::tokens-environment")).toContain("RoleAssignment::tokens-certificate");
  expect(waits("RedisEnterprise::tokens-store")).toContain("RoleAssignment::tokens-store-encrypt");
  expect(waits("RoleAssignment::tokens-store-encrypt")).toContain("Key::tokens-vault-store");
});

it("the store is changed once at a time", async () => {
  const waits = await waitsOf();
  expect(waits("AccessPolicyAssignment::tokens-store")).toContain("Database::tokens-store");
  expect(waits("PrivateEndpoint::tokens-store-endpoint")).toContain(
    "AccessPolicyAssignment::tokens-store",
  );
});

it("everything in the network comes after it", async () => {
  const waits = await waitsOf();
  for (const one of [
    "ManagedEnvironment::tokens-environment",
    "PrivateEndpoint::tokens-store-endpoint",
  ]) {
    expect(waits(one)).toContain("VirtualNetwork::tokens-network");
  }
});
