const groups = "/subscriptions/[^/]+/resourceGroups/[^/]+/providers";

/** A secret of a vault, read from its resource id. */
export interface VaultSecret {
  /** Without a version: the newest one. */
  readonly url: string;
}

/** `undefined` for anything but the resource id of a vault's secret. */
export function vaultSecret(id: string): VaultSecret | undefined {
  const [, vault, secret] =
    new RegExp(
      `^${groups}/Microsoft\\.KeyVault/vaults/([A-Za-z][-A-Za-z0-9]{2,23})/secrets/([-A-Za-z0-9]{1,127})$`,
      "i",
    ).exec(id) ?? [];
  return vault === undefined || secret === undefined
    ? undefined
    : { url: `https://${vault.toLowerCase()}.vault.azure.net/secrets/${secret}` };
}

/** Host of a registry; `undefined` for anything but the resource id of one. */
export function registryHost(id: string): string | undefined {
  const [, name] =
    new RegExp(`^${groups}/Microsoft\\.ContainerRegistry/registries/([a-z0-9]{5,50})$`, "i").exec(
      id,
    ) ?? [];
  return name === undefined ? undefined : `${name.toLowerCase()}.azurecr.io`;
}

export function isWorkspaceId(id: string): boolean {
  return new RegExp(
    `^${groups}/Microsoft\\.OperationalInsights/workspaces/[-A-Za-z0-9]+$`,
    "i",
  ).test(id);
}

/** Network a subnet is part of, in lower case, as ARM compares; `undefined` for anything but a subnet's resource id. */
export function networkOf(subnetId: string): string | undefined {
  const [, network] =
    new RegExp(`^(${groups}/Microsoft\\.Network/virtualNetworks/[^/]+)/subnets/[^/]+$`, "i").exec(
      subnetId,
    ) ?? [];
  return network;
}
