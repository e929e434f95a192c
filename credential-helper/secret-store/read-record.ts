import { HelperFailure } from "../failure.ts";
import { exists, readPrivateFile } from "../private-file.ts";
import type { KeyVault } from "./key-vault.ts";
import { isSealed, unseal } from "./seal.ts";
import { markerPath, type RecordName, recordPath } from "./secret-store.ts";

/** What the place of records depends on. */
export interface StoreSurroundings {
  readonly folder: string;
  readonly platform: NodeJS.Platform;
  /** Undefined where the operating system keeps no secrets. */
  readonly vault: KeyVault | undefined;
  /** Whether a prompt to unlock the store may come up. */
  readonly mayAsk: boolean;
}

/**
 * One record, if there is one that can be trusted; damaged ones are absent and get written anew. The operating
 * system's store is asked only when the record is sealed.
 *
 * @throws HelperFailure `localStore` when the record is sealed and its key is out of reach.
 */
export async function readRecordFile(
  { folder, platform, vault, mayAsk }: StoreSurroundings,
  record: RecordName,
): Promise<string | undefined> {
  const bytes = readPrivateFile(recordPath(folder, record));
  if (bytes === undefined) return undefined;
  if (!isSealed(bytes))
    return mayBePlain(folder, platform) ? new TextDecoder().decode(bytes) : undefined;
  if (vault === undefined) throw outOfReach();
  const key = await vault.read();
  if (key !== undefined) return unseal(key, record, bytes);
  // A locked store says nothing; a person may unlock it when the next record is written.
  if (mayAsk) return undefined;
  throw lockedOrLost(vault);
}

/** Only Linux has computers without a secret store; and what was sealed once is never plain again. */
export function mayBePlain(folder: string, platform: NodeJS.Platform): boolean {
  return platform === "linux" && !exists(markerPath(folder));
}

export function outOfReach(): HelperFailure {
  return new HelperFailure(
    "localStore",
    "the secret store is out of reach: start the helper within the user's own desktop session",
  );
}

export function lockedOrLost(vault: KeyVault): HelperFailure {
  return new HelperFailure(
    "localStore",
    `${vault.name} is locked, or lost the helper's key: unlock it, or start Claude Desktop, which may ask you to`,
  );
}
