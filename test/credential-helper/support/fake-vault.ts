import { HelperFailure } from "../../../credential-helper/failure.ts";
import type { KeyVault } from "../../../credential-helper/secret-store/key-vault.ts";

/** An operating system's secret store in memory, which can be locked and lose its entries. */
export interface FakeVault extends KeyVault {
  /** `silent`: as gnome-keyring, which says nothing about entries it cannot show. */
  state: "open" | "silent" | "failing";
  key: Uint8Array<ArrayBuffer> | undefined;
  writes: number;
}

export function fakeVault(): FakeVault {
  const refuse = () => {
    throw new HelperFailure("localStore", "test vault refused: unlock it");
  };
  const vault: FakeVault = {
    name: "test vault",
    state: "open",
    key: undefined,
    writes: 0,
    async read() {
      if (vault.state === "failing") refuse();
      return vault.state === "open" ? vault.key : undefined;
    },
    async write(key) {
      if (vault.state !== "open") refuse();
      vault.writes++;
      vault.key = key;
    },
    async remove() {
      if (vault.state !== "open") refuse();
      vault.key = undefined;
    },
  };
  return vault;
}
