import { createHash } from "node:crypto";

/** What a Mach-O file says about itself. Layout: Apple's mach-o/loader.h; signature: xnu's osfmk/kern/cs_blobs.h. */
export interface MachO {
  readonly format: "mach-o";
  readonly processor: "arm64" | "x64" | "unknown";
  /** Whether it is a program, not a library or an object. */
  readonly executable: boolean;
  /** `undefined` when there is no LC_CODE_SIGNATURE. */
  readonly signature: MachOSignature | undefined;
}

export interface MachOSignature {
  readonly identifier: string;
  /** Signed without an identity: enough for the system to start it, not for Gatekeeper. */
  readonly adHoc: boolean;
  readonly pages: number;
  /** Pages whose hash is not the one signed; 0 in a file nobody changed after signing. */
  readonly wrongPages: number;
}

const magic64 = 0xfeedfacf;
const cpuTypes = new Map<number, MachO["processor"]>([
  [0x0100000c, "arm64"],
  [0x01000007, "x64"],
]);
const mhExecute = 2;
const lcCodeSignature = 0x1d;
const headerBytes = 32;

/** @returns `undefined` when the bytes are no 64-bit little-endian Mach-O. */
export function readMachO(bytes: Buffer): MachO | undefined {
  if (bytes.length < headerBytes || bytes.readUInt32LE(0) !== magic64) return undefined;
  let signature: MachOSignature | undefined;
  const commands = bytes.readUInt32LE(16);
  for (let index = 0, at = headerBytes; index < commands; index += 1) {
    const size = bytes.readUInt32LE(at + 4);
    if (size < 8) return undefined;
    if (bytes.readUInt32LE(at) === lcCodeSignature) {
      signature = readSignature(bytes, bytes.readUInt32LE(at + 8));
    }
    at += size;
  }
  return {
    format: "mach-o",
    processor: cpuTypes.get(bytes.readUInt32LE(4)) ?? "unknown",
    executable: bytes.readUInt32LE(12) === mhExecute,
    signature,
  };
}

const superBlobMagic = 0xfade0cc0;
const codeDirectoryMagic = 0xfade0c02;
const adHocFlag = 0x2;
const sha256Type = 2;

/** Unlike the rest of the file, a signature is big-endian. */
function readSignature(bytes: Buffer, start: number): MachOSignature | undefined {
  if (start + 12 > bytes.length || bytes.readUInt32BE(start) !== superBlobMagic) return undefined;
  const blobs = bytes.readUInt32BE(start + 8);
  for (let index = 0; index < blobs; index += 1) {
    const at = start + bytes.readUInt32BE(start + 12 + index * 8 + 4);
    // An old `codesign` wrote one directory a hash function; the system checks the strongest.
    const found = bytes.readUInt32BE(at) === codeDirectoryMagic && readCodeDirectory(bytes, at);
    if (found) return found;
  }
  return undefined;
}

function readCodeDirectory(bytes: Buffer, at: number): MachOSignature | undefined {
  const hashType = bytes.readUInt8(at + 37);
  if (hashType !== sha256Type) return undefined;
  const hashes = at + bytes.readUInt32BE(at + 16);
  const identifier = at + bytes.readUInt32BE(at + 20);
  const pages = bytes.readUInt32BE(at + 28);
  const codeLimit = bytes.readUInt32BE(at + 32);
  const hashSize = bytes.readUInt8(at + 36);
  const pageSize = 2 ** bytes.readUInt8(at + 39);
  if (hashes + pages * hashSize > bytes.length) return undefined;
  let wrongPages = 0;
  for (let page = 0; page < pages; page += 1) {
    const code = bytes.subarray(page * pageSize, Math.min((page + 1) * pageSize, codeLimit));
    const signed = bytes.subarray(hashes + page * hashSize, hashes + (page + 1) * hashSize);
    if (!createHash("sha256").update(code).digest().equals(signed)) wrongPages += 1;
  }
  return {
    identifier: bytes.toString("utf8", identifier, bytes.indexOf(0, identifier)),
    adHoc: (bytes.readUInt32BE(at + 12) & adHocFlag) !== 0,
    pages,
    // A directory that covers less than the file up to the signature leaves code unsigned.
    wrongPages: wrongPages + Math.abs(Math.ceil(codeLimit / pageSize) - pages),
  };
}
