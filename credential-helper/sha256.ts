/** The part of Bun's own hashing that is used; its types are not installed. */
interface BunHashing {
  readonly CryptoHasher: new (
    algorithm: "sha256",
  ) => {
    update(text: string): { digest(encoding: "hex"): string };
  };
}

/**
 * In lower-case hexadecimal. The executable asks the runtime itself: loading node:crypto alone would take a
 * third of the whole start.
 */
export function sha256Hex(text: string): string {
  const bun = (globalThis as { readonly Bun?: BunHashing }).Bun;
  if (bun !== undefined) return new bun.CryptoHasher("sha256").update(text).digest("hex");
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(text).digest("hex");
}
