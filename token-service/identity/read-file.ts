import { open } from "node:fs/promises";

/** Largest file that is read, in bytes: a revocation list of about 400,000 certificates. */
export const maxFileBytes = 33_554_432;

/** A policy's or revocation list's bytes. Throws an error without the path: whoever asked names it. */
export async function readFileWithin(path: string): Promise<Uint8Array> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw new Error(`cannot be opened (${codeOf(error)})`);
  });
  try {
    const { size } = await file.stat();
    if (size > maxFileBytes) throw new Error(`is larger than ${maxFileBytes} bytes`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
