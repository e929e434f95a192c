/** What an ELF file says about itself. Layout: the System V ABI, chapters 4 and 5. */
export interface Elf {
  readonly format: "elf";
  readonly processor: "arm64" | "x64" | "unknown";
  /** The dynamic loader it asks for, such as `/lib64/ld-linux-x86-64.so.2`; musl systems have another. */
  readonly interpreter: string | undefined;
}

const machines = new Map<number, Elf["processor"]>([
  [183, "arm64"],
  [62, "x64"],
]);
const class64LittleEndian = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
const ptInterp = 3;

/** @returns `undefined` when the bytes are no 64-bit little-endian ELF file. */
export function readElf(bytes: Buffer): Elf | undefined {
  if (bytes.length < 64 || !bytes.subarray(0, 6).equals(class64LittleEndian)) return undefined;
  const table = Number(bytes.readBigUInt64LE(32));
  const entrySize = bytes.readUInt16LE(54);
  const entries = bytes.readUInt16LE(56);
  let interpreter: string | undefined;
  for (let index = 0; index < entries; index += 1) {
    const at = table + index * entrySize;
    if (bytes.readUInt32LE(at) !== ptInterp) continue;
    const start = Number(bytes.readBigUInt64LE(at + 8));
    interpreter = bytes.toString("utf8", start, bytes.indexOf(0, start));
  }
  return {
    format: "elf",
    processor: machines.get(bytes.readUInt16LE(18)) ?? "unknown",
    interpreter,
  };
}
