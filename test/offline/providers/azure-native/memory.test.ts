import { describe, expect, it } from "vitest";

import { azureNativeModel } from "../../../../offline/providers/azure-native/model.ts";
import type { Properties } from "../../../../offline/providers/struct.ts";
import { config, targetOf } from "./checked.ts";

const account = "cognitiveservices/Account";
const inputs = (name: string, more: Properties = {}): Properties => ({
  resourceGroupName: "cowork-us",
  accountName: name,
  location: "eastus2",
  properties: { customSubDomainName: "cowork-us", ...more },
});

describe("names all of Azure shares", () => {
  it("are refused when another resource has them, in whatever case", () => {
    const model = azureNativeModel();
    model.create(targetOf(account, "first"), inputs("first"), config);
    const other = { ...inputs("second"), properties: { customSubDomainName: "Cowork-US" } };
    expect(() => model.create(targetOf(account, "second"), other, config)).toThrow(
      'the customSubDomainName "Cowork-US" is taken by urn:pulumi:us::p::azure-native:cognitiveservices:Account::first; names of azure-native:cognitiveservices:Account are shared by all of Azure; choose another',
    );
  });

  it("are refused when a resource of an earlier run has them", () => {
    const model = azureNativeModel();
    model.check(targetOf(account, "first"), inputs("first"), inputs("first"), config);
    expect(() => model.create(targetOf(account, "second"), inputs("second"), config)).toThrow(
      'the customSubDomainName "cowork-us" is taken by',
    );
  });

  it("may be given to the same resource of another state", () => {
    const model = azureNativeModel();
    model.create(targetOf(account), inputs("claude"), config);
    expect(() => model.create(targetOf(account), inputs("claude"), config)).not.toThrow();
  });

  it("are no matter to a preview, as in life", () => {
    const model = azureNativeModel();
    model.create(targetOf(account, "first"), inputs("first"), config);
    expect(() =>
      model.previewCreate(targetOf(account, "second"), inputs("second"), config),
    ).not.toThrow();
  });

  it("do not outlive the server", () => {
    azureNativeModel().create(targetOf(account, "first"), inputs("first"), config);
    const fresh = azureNativeModel();
    expect(() => fresh.create(targetOf(account, "second"), inputs("second"), config)).not.toThrow();
  });
});

describe("a deleted resource", () => {
  it("keeps the subdomain of an account, until it is taken back", () => {
    const model = azureNativeModel();
    const { outputs } = model.create(targetOf(account), inputs("claude"), config);
    model.remove(targetOf(account), outputs);
    expect(() => model.create(targetOf(account), inputs("claude"), config)).toThrow(
      'the customSubDomainName "cowork-us" is held for 48 hours by a deleted azure-native:cognitiveservices:Account; purge that, choose another name, or take it back with `properties.restore` true',
    );
    const restored = inputs("claude", { restore: true });
    expect(() => model.create(targetOf(account), restored, config)).not.toThrow();
  });

  it("keeps the name of a vault, until it is taken back", () => {
    const model = azureNativeModel();
    const type = "keyvault/Vault";
    const vault = (properties: Properties): Properties => ({
      resourceGroupName: "cowork-us",
      vaultName: "cowork-keys",
      location: "eastus2",
      properties,
    });
    const { outputs } = model.create(targetOf(type), vault({}), config);
    model.remove(targetOf(type), outputs);
    expect(() => model.create(targetOf(type), vault({}), config)).toThrow(
      'the vault name "cowork-keys" is held until its retention ends by a deleted azure-native:keyvault:Vault; purge that, choose another name, or take it back with `properties.createMode` "recover"',
    );
    const recovered = vault({ createMode: "recover" });
    expect(() => model.create(targetOf(type), recovered, config)).not.toThrow();
  });

  it("frees the name of a storage account", () => {
    const model = azureNativeModel();
    const type = "storage/StorageAccount";
    const given = { resourceGroupName: "cowork-us", accountName: "coworklogs" };
    const { outputs } = model.create(targetOf(type, "first"), given, config);
    model.remove(targetOf(type, "first"), outputs);
    expect(() => model.create(targetOf(type, "second"), given, config)).not.toThrow();
  });
});
