import { readPrivateFile, removePrivateFile, writePrivateFile } from "../private-file.ts";
import type { StoreSurroundings } from "./read-record.ts";
import { isSealed } from "./seal.ts";
import { recordPath, type SecretStore } from "./secret-store.ts";

/** Files of mode 0600 in the user's own folder: where the operating system keeps no secrets. */
export function plainStore({ folder }: StoreSurroundings): SecretStore {
  return {
    kind: "plain",
    name: "files readable by the user alone",
    async read(record) {
      const bytes = readPrivateFile(recordPath(folder, record));
      return bytes === undefined || isSealed(bytes) ? undefined : new TextDecoder().decode(bytes);
    },
    async write(record, text) {
      writePrivateFile(recordPath(folder, record), new TextEncoder().encode(text));
    },
    remove: (record) => removePrivateFile(recordPath(folder, record)),
  };
}
