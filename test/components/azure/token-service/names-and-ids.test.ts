import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  networkOf,
  registryHost,
  vaultSecret,
} from "../../../../components/azure/token-service/ids.ts";
import { serviceLabel, serviceNames } from "../../../../components/azure/token-service/names.ts";
import { serviceRoleId } from "../../../../components/azure/token-service/roles.ts";

const group = "/subscriptions/s/resourceGroups/g/providers";
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,12}$/);

describe("names of a token service at Azure", () => {
  it("are the same on every run, and others in another subscription or geography", () => {
    const names = serviceNames("S", serviceLabel("example", "us"));
    expect(names).toMatchObject({
      resourceGroup: "cowork-token-service-example-us",
      base: "cowork-token-service-example-us",
    });
    expect(names.idOf("Microsoft.KeyVault/vaults/v")).toBe(
      "/subscriptions/S/resourceGroups/cowork-token-service-example-us/providers/Microsoft.KeyVault/vaults/v",
    );
    const again = serviceNames("s", serviceLabel("example", "us"));
    expect([again.app, again.store, again.vault, again.guid("x")]).toEqual([
      ...[names.app, names.store, names.vault, names.guid("x")],
    ]);
    const others = [serviceNames("t", "token-service-example-us"), serviceNames("s", "other")];
    for (const other of others) {
      expect([other.app, other.store, other.vault, other.guid("x")]).not.toContain(names.vault);
      expect(other.guid("x")).not.toBe(names.guid("x"));
      expect(other.app).not.toBe(names.app);
    }
    expect(names.guid("x")).not.toBe(names.guid("y"));
  });

  it("fit what Azure takes, whatever the company and its geographies are called", () => {
    fc.assert(
      fc.property(word, word, (organization, geography) => {
        const names = serviceNames("s", serviceLabel(organization, geography));
        expect(names.app).toMatch(/^(?!.*--)[a-z][-a-z0-9]{0,30}[a-z0-9]$/);
        expect(names.vault).toMatch(/^(?!.*--)[a-z][-a-z0-9]{1,22}[a-z0-9]$/);
        expect(names.store).toMatch(/^(?!.*--)[a-z0-9][-a-z0-9]{0,58}[a-z0-9]$/);
        expect(names.base.length).toBeLessThanOrEqual(60);
      }),
    );
  });
});

describe("resource ids a token service at Azure is told", () => {
  it("are read whatever case their types are written in", () => {
    expect(vaultSecret(`${group}/Microsoft.KeyVault/vaults/Edge/secrets/Tokens`)).toEqual({
      url: "https://edge.vault.azure.net/secrets/Tokens",
    });
    expect(registryHost(`${group}/microsoft.containerregistry/registries/images`)).toBe(
      "images.azurecr.io",
    );
    expect(networkOf(`${group}/Microsoft.Network/virtualNetworks/n/subnets/s`)).toBe(
      `${group}/Microsoft.Network/virtualNetworks/n`,
    );
  });

  it("are nothing else: no text leads to a host that is not named in full", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(vaultSecret(text)).toBeUndefined();
        expect(registryHost(text)).toBeUndefined();
        expect(networkOf(text)).toBeUndefined();
        expect(
          vaultSecret(`${group}/Microsoft.KeyVault/vaults/edge/secrets/tokens/${text}`),
        ).toBeUndefined();
      }),
    );
  });

  it("say in which subscription a role is given", () => {
    expect(serviceRoleId("/subscriptions/other/resourceGroups/g", "acrPull")).toBe(
      "/subscriptions/other/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d",
    );
  });
});
