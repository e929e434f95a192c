import { exists } from "../private-file.ts";
import type { KeyVault } from "./key-vault.ts";
import { plainStore } from "./plain-store.ts";
import { lockedOrLost, mayBePlain, outOfReach, type StoreSurroundings } from "./read-record.ts";
import { sealedStore } from "./sealed-store.ts";
import { markerPath, type SecretStore } from "./secret-store.ts";

/**
 * The store to write to; called by one run at a time, because it makes the key where there is none yet.
 *
 * Where the operating system has a store it is used, and from the first use on never silently replaced: a locked
 * one is a failure, because plain files beside it would undo it.
 *
 * @throws HelperFailure `localStore` when the operating system's store cannot be used and has to be.
 */
export async function openStore(around: StoreSurroundings): Promise<SecretStore> {
  const { folder, platform, vault, mayAsk } = around;
  const plainAllowed = mayBePlain(folder, platform);
  if (vault === undefined) {
    if (plainAllowed) return plainStore(around);
    throw outOfReach();
  }
  try {
    const known = await vault.read();
    // A locked store is silent about its keys, and making one may bring up a prompt.
    if (known === undefined && !mayAsk && exists(markerPath(folder))) throw lockedOrLost(vault);
    return sealedStore(around, vault, known ?? (await newKey(vault)));
  } catch (error) {
    if (plainAllowed) return plainStore(around);
    throw error;
  }
}

async function newKey(vault: KeyVault): Promise<Uint8Array<ArrayBuffer>> {
  const key = crypto.getRandomValues(new Uint8Array(32));
  await vault.write(key);
  return key;
}
