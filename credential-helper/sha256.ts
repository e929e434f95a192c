import { createRequire } from "node:module";

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
  const { createHash }: typeof import("node:crypto") = createRequire(import.meta.url)(
    "node:crypto",
  );
  return createHash("sha256").update(text).digest("hex");
}
