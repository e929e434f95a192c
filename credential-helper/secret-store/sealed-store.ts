import { readPrivateFile, removePrivateFile, writePrivateFile } from "../private-file.ts";
import type { KeyVault } from "./key-vault.ts";
import type { StoreSurroundings } from "./read-record.ts";
import { seal, unseal } from "./seal.ts";
import { markerPath, recordPath, type SecretStore } from "./secret-store.ts";

/** Sealed files, and the key in the operating system's store: tokens are larger than what that takes. */
export function sealedStore(
  { folder }: StoreSurroundings,
  vault: KeyVault,
  key: Uint8Array<ArrayBuffer>,
): SecretStore {
  return {
    kind: "sealed",
    name: vault.name,
    async read(record) {
      const bytes = readPrivateFile(recordPath(folder, record));
      return bytes === undefined ? undefined : unseal(key, record, bytes);
    },
    async write(record, text) {
      // The mark first: a run that is killed in between leaves nothing that a plain file could replace.
      writePrivateFile(markerPath(folder), new Uint8Array());
      writePrivateFile(recordPath(folder, record), await seal(key, record, text));
    },
    remove: (record) => removePrivateFile(recordPath(folder, record)),
  };
}
