import { open } from "node:fs/promises";

/**
 * Largest file that is read, in bytes: a revocation list of about 400,000 certificates. Configurations and policies
 * have a few KiB.
 */
export const maxFileBytes = 16 * 1024 * 1024;

/**
 * A whole file, unless it is larger: what is looked at every few seconds must not fill the memory, whatever was
 * mounted there. Not asked for its size before, which a device or a pipe does not have.
 *
 * @throws Error with `code`: Node's own, or `EFBIG`.
 */
export async function readBounded(path: string, maxBytes = maxFileBytes): Promise<Buffer> {
  const file = await open(path);
  try {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      if (!Buffer.isBuffer(chunk)) continue;
      bytes += chunk.length;
      if (bytes > maxBytes) {
        const message = `is larger than ${maxBytes} bytes`;
        throw Object.assign(new Error(message), { code: "EFBIG" });
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}
