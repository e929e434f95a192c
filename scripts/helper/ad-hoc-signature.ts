import { createHash } from "node:crypto";

/** Load commands and constants: Apple's mach-o/loader.h and xnu's osfmk/kern/cs_blobs.h, read 2026-11-21. */
const lcSegment64 = 0x19;
const lcCodeSignature = 0x1d;
const headerBytes = 32;
const pageBits = 12;
/** Segments are mapped in pages of 16 KiB on Apple's own processors, and that suits Intel too. */
const segmentPage = 0x4000;
const directoryBytes = 88;
const hashBytes = 32;
/** CS_ADHOC and CS_LINKER_SIGNED: `codesign` replaces such a signature without being forced to. */
const flags = 0x20002;
const mainBinary = 1;

/**
 * A Mach-O program with an ad-hoc signature in the place of the one it carries: the least with which macOS starts a
 * program. The compiler signs for Apple's processors only; for Intel it leaves Bun's own signature in a file it
 * changed, which a Mac may kill.
 *
 * @param identifier Name in the signature; `codesign` shows it.
 * @throws Error when the file has no place for a signature at its end.
 */
export function signedAdHoc(program: Buffer, identifier: string): Buffer {
  const { signature, linkEdit, text } = places(program);
  const start = program.readUInt32LE(signature + 8);
  if (start + program.readUInt32LE(signature + 12) !== program.length) {
    throw new Error("the signature is not the last thing in the file");
  }
  const pages = Math.ceil(start / 2 ** pageBits);
  const name = Buffer.from(`${identifier}\0`);
  const length = 20 + directoryBytes + name.length + pages * hashBytes;
  // A signature starts and ends on a multiple of 16.
  const room = Math.ceil(length / 16) * 16;
  const code = Buffer.from(program.subarray(0, start));
  code.writeUInt32LE(room, signature + 12);
  const linkEditSize = BigInt(start + room) - code.readBigUInt64LE(linkEdit + 40);
  code.writeBigUInt64LE(linkEditSize, linkEdit + 48);
  code.writeBigUInt64LE(roundedUp(linkEditSize), linkEdit + 32);

  const blob = Buffer.alloc(room);
  words(blob, 0, [0xfade0cc0, length, 1, 0, 20]);
  const hashes = directoryBytes + name.length;
  words(blob, 20, [
    0xfade0c02,
    length - 20,
    0x20400,
    flags,
    hashes,
    directoryBytes,
    0,
    pages,
    start,
  ]);
  blob.set([hashBytes, 2, 0, pageBits], 20 + 36);
  blob.writeBigUInt64BE(code.readBigUInt64LE(text + 40), 20 + 64);
  blob.writeBigUInt64BE(code.readBigUInt64LE(text + 48), 20 + 72);
  blob.writeBigUInt64BE(BigInt(mainBinary), 20 + 80);
  name.copy(blob, 20 + directoryBytes);
  for (let page = 0; page < pages; page += 1) {
    const bytes = code.subarray(page * 2 ** pageBits, (page + 1) * 2 ** pageBits);
    createHash("sha256")
      .update(bytes)
      .digest()
      .copy(blob, 20 + hashes + page * hashBytes);
  }
  return Buffer.concat([code, blob]);
}

function words(blob: Buffer, at: number, values: readonly number[]): void {
  for (const [index, value] of values.entries()) blob.writeUInt32BE(value, at + index * 4);
}

function roundedUp(size: bigint): bigint {
  const page = BigInt(segmentPage);
  return ((size + page - 1n) / page) * page;
}

/** Offsets of the commands that a signature touches. */
function places(program: Buffer) {
  let signature: number | undefined;
  let linkEdit: number | undefined;
  let text: number | undefined;
  const commands = program.readUInt32LE(16);
  for (let index = 0, at = headerBytes; index < commands; index += 1) {
    const command = program.readUInt32LE(at);
    if (command === lcCodeSignature) signature = at;
    if (command === lcSegment64) {
      const name = program.toString("latin1", at + 8, program.indexOf(0, at + 8));
      if (name === "__LINKEDIT") linkEdit = at;
      if (name === "__TEXT") text = at;
    }
    at += program.readUInt32LE(at + 4);
  }
  if (signature === undefined || linkEdit === undefined || text === undefined) {
    throw new Error("the file has no place for a signature");
  }
  return { signature, linkEdit, text };
}
