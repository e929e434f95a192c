import { existsSync } from "node:fs";

import { HelperFailure } from "../failure.ts";

/** The place of the one small secret that seals all records: the operating system's secret store. */
export interface KeyVault {
  /** As people know it. */
  readonly name: string;
  /** Undefined when there is none, or when the store is locked and says nothing. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  write(key: Uint8Array<ArrayBuffer>): Promise<void>;
  remove(): Promise<void>;
}

/** The part of `Bun.secrets` that is used (https://bun.com/docs/runtime/secrets, read 2026-11-21). */
interface BunSecrets {
  get(entry: { service: string; name: string }): Promise<string | null>;
  set(entry: { service: string; name: string; value: string }): Promise<void>;
  delete(entry: { service: string; name: string }): Promise<boolean>;
}

/** 32 random bytes as base64: 44 characters, where Windows takes 2,560 bytes at most. */
const keyBytes = 32;
const service = "cowork-credential-helper";

const names: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "macOS Keychain",
  win32: "Windows Credential Manager",
};

/**
 * The operating system's store, or undefined where there is none to ask: outside the executable's runtime, and
 * on Linux without a session bus (asking would start one, or wait for a display).
 *
 * @param limitMs after that a locked store, or one that waits for a prompt, counts as failed.
 * @param entryName of the entry within the store.
 */
export function systemVault(limitMs: number, entryName = "record-key"): KeyVault | undefined {
  const entry = { service, name: entryName };
  const secrets = (globalThis as { readonly Bun?: { readonly secrets?: BunSecrets } }).Bun?.secrets;
  if (secrets === undefined || !hasSessionBus()) return undefined;
  const name = names[process.platform] ?? "Secret Service (libsecret)";
  const limited = <T>(work: Promise<T>) => within(limitMs, name, work);
  // A key that was read once stays the same for the run: stores may take seconds for each answer.
  let known: Uint8Array<ArrayBuffer> | undefined;
  return {
    name,
    async read() {
      known ??= decoded(await limited(secrets.get(entry)));
      return known;
    },
    async write(key) {
      known = undefined;
      await limited(secrets.set({ ...entry, value: encoded(key) }));
      known = decoded(await limited(secrets.get(entry)));
      if (known === undefined || encoded(known) !== encoded(key))
        throw failed(name, "lost the key");
    },
    async remove() {
      known = undefined;
      await limited(secrets.delete(entry));
    },
  };
}

function hasSessionBus(): boolean {
  if (process.platform !== "linux") return true;
  const { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: runtime } = process.env;
  return (
    (address ?? "") !== "" || (runtime?.startsWith("/") === true && existsSync(`${runtime}/bus`))
  );
}

async function within<T>(limitMs: number, name: string, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(failed(name, `did not answer within ${limitMs / 1000} s`)),
      limitMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    // The store's own words may name an entry, never a value; its error codes say little, so neither is shown.
    throw error instanceof HelperFailure ? error : failed(name, "refused");
  } finally {
    clearTimeout(timer);
  }
}

function failed(name: string, what: string): HelperFailure {
  return new HelperFailure(
    "localStore",
    `${name} ${what}: unlock it, for example by signing out of the computer and in again`,
  );
}

function encoded(key: Uint8Array): string {
  return btoa(String.fromCharCode(...key));
}

function decoded(value: string | null): Uint8Array<ArrayBuffer> | undefined {
  if (value === null || !/^[A-Za-z0-9+/]{43}=$/.test(value)) return undefined;
  const key = Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
  return key.length === keyBytes ? key : undefined;
}
