import { describe, expect, it } from "vitest";

import { checkTokenService } from "../../components/azure/token-service/checks.ts";
import { tokenServiceAzure } from "../../stacks/token-service-azure-schema.ts";
import { serviceArgs } from "../components/azure/token-service/support.ts";

const platform = "/subscriptions/s/resourceGroups/platform/providers";
const certificateId = `${platform}/Microsoft.KeyVault/vaults/example-edge/secrets/tokens`;
const registryId = `${platform}/Microsoft.ContainerRegistry/registries/exampleimages`;
const network = { kind: "create", cidr: "10.60.0.0/24" };
const own = {
  kind: "existing",
  environmentSubnetId: `${platform}/Microsoft.Network/virtualNetworks/spoke/subnets/apps`,
  endpointSubnetId: `${platform}/Microsoft.Network/virtualNetworks/spoke/subnets/endpoints`,
};
const store = {
  kind: "existing",
  url: "rediss://store.example.com:6379",
  cidrs: ["10.70.0.0/28"],
  passwordSecretId: `${platform}/Microsoft.KeyVault/vaults/example-edge/secrets/store`,
};
const least = { certificateId, registryId, network };

const problems = (value: unknown) => {
  const { error } = tokenServiceAzure.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
};

describe("a token service at Azure in a stack file", () => {
  it("needs a certificate, a registry and a network; the rest has defaults", () => {
    expect(tokenServiceAzure.parse(least)).toEqual({
      ...least,
      dns: { kind: "create" },
      store: { kind: "create" },
      keyProtection: "hsm",
      zoneRedundant: true,
    });
  });

  it.each([
    least,
    { ...least, network: own, store },
    { ...least, store: { kind: "create", sku: "Balanced_B5" }, keyProtection: "software" },
    { ...least, callerApplicationObjectId: "1e2d3c4b-5a69-4788-8655-443322110011" },
  ])("is what the component takes: %j", (value) => {
    const settings = tokenServiceAzure.parse(value);
    expect(checkTokenService({ ...serviceArgs(), ...settings })).toEqual([]);
  });

  it.each<[string, unknown, readonly string[]]>([
    [
      "nothing",
      {},
      [
        "certificateId: Invalid input: expected string, received undefined",
        "registryId: Invalid input: expected string, received undefined",
        "network: Invalid input: expected object, received undefined",
      ],
    ],
    [
      "a certificate of a certain version, and a registry by its host",
      { ...least, certificateId: `${certificateId}/0a0a`, registryId: "exampleimages.azurecr.io" },
      [
        "certificateId: the resource id of the secret behind a vault's certificate: .../Microsoft.KeyVault/vaults/v/secrets/n, without a version",
        "registryId: the resource id of a container registry, its name in lower case",
      ],
    ],
    ["a key nobody knows", { ...least, replica: 2 }, [': Unrecognized key: "replica"']],
    [
      "subnets by their names",
      { ...least, network: { ...own, environmentSubnetId: "apps" } },
      ["network.environmentSubnetId: the resource id of a subnet"],
    ],
    [
      "a store without TLS and with a password in its address",
      { ...least, store: { ...store, url: "redis://me:secret@store.example.com" } },
      ["store.url: rediss://host:port, without user and password"],
    ],
    [
      "an application by its name",
      { ...least, callerApplicationObjectId: "caller" },
      ["callerApplicationObjectId: an application's object id"],
    ],
    [
      "a test somebody made some day",
      { ...least, certificateHeaderTested: { testedBy: "", testedOn: "yesterday" } },
      [
        "certificateHeaderTested.testedBy: may not be empty",
        "certificateHeaderTested.testedOn: a date such as 2026-11-20",
      ],
    ],
  ])("is refused with %s", (_, value, says) => {
    expect(problems(value)).toEqual(says);
  });
});
