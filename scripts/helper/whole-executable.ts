/** A stretch of an executable that its headers name. */
interface Part {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

export type Format = "elf" | "mach-o" | "pe";

/**
 * Bun keeps the compiled program in a section of its own, and ends it with this line: read from what 1.4.5 builds for
 * each system, 2026-11-21. The plain runtime has none.
 */
const programSection = /^(?:\.bun|__bun)$/;
const programEnd = Buffer.from("\n---- Bun! ----\n");

/**
 * Why an executable is not whole: cut short, or without the program that was compiled into it. Where nothing is run
 * and no signature covers each page, this is what tells a broken file from a sound one.
 *
 * @throws RangeError when its headers themselves are cut short.
 */
export function wholeProblems(bytes: Buffer, format: Format): readonly string[] {
  const parts = { elf: elfParts, "mach-o": machOParts, pe: peParts }[format](bytes);
  const end = Math.max(0, ...parts.map(({ offset, size }) => offset + size));
  if (end > bytes.length) return [`is cut short: it names ${end} bytes and has ${bytes.length}`];
  const program = parts.find(({ name }) => programSection.test(name));
  if (program === undefined) return ["holds no compiled program"];
  const last = program.offset + program.size;
  return bytes.subarray(Math.max(0, last - programEnd.length), last).equals(programEnd)
    ? []
    : ["holds a compiled program that is damaged"];
}

const upToZero = (bytes: Buffer, from: number, most = 64) =>
  bytes.toString("latin1", from, from + most).split("\0", 1)[0] ?? "";

const list = <T>(count: number, one: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => one(index));

/** Occupies memory and nothing of the file. */
const shtNobits = 8;

function elfParts(bytes: Buffer): readonly Part[] {
  const table = Number(bytes.readBigUInt64LE(40));
  const [entryBytes, count] = [bytes.readUInt16LE(58), bytes.readUInt16LE(60)];
  const named: Part = { name: "section headers", offset: table, size: entryBytes * count };
  if (count === 0 || table + named.size > bytes.length) return [named];
  const names = Number(bytes.readBigUInt64LE(table + bytes.readUInt16LE(62) * entryBytes + 24));
  const sections = list(count, (index) => {
    const at = table + index * entryBytes;
    const isInFile = bytes.readUInt32LE(at + 4) !== shtNobits;
    return {
      name: upToZero(bytes, names + bytes.readUInt32LE(at)),
      offset: Number(bytes.readBigUInt64LE(at + 24)),
      size: isInFile ? Number(bytes.readBigUInt64LE(at + 32)) : 0,
    };
  });
  return [named, ...sections.filter(({ size }) => size > 0)];
}

const lcSegment64 = 0x19;

function machOParts(bytes: Buffer): readonly Part[] {
  const parts: Part[] = [];
  const commands = bytes.readUInt32LE(16);
  for (let index = 0, at = 32; index < commands; index += 1) {
    if (bytes.readUInt32LE(at) === lcSegment64) {
      const start = at;
      const segment = {
        name: upToZero(bytes, start + 8, 16),
        offset: Number(bytes.readBigUInt64LE(start + 40)),
        size: Number(bytes.readBigUInt64LE(start + 48)),
      };
      parts.push(segment);
      if (segment.name === "__BUN")
        parts.push(
          ...list(bytes.readUInt32LE(start + 64), (section) => ({
            name: upToZero(bytes, start + 72 + section * 80, 16),
            offset: bytes.readUInt32LE(start + 72 + section * 80 + 48),
            size: Number(bytes.readBigUInt64LE(start + 72 + section * 80 + 40)),
          })),
        );
    }
    at += bytes.readUInt32LE(at + 4);
  }
  return parts;
}

function peParts(bytes: Buffer): readonly Part[] {
  const header = bytes.readUInt32LE(60);
  const sections = header + 24 + bytes.readUInt16LE(header + 20);
  return list(bytes.readUInt16LE(header + 6), (index) => sections + index * 40).flatMap((at) => {
    const [inMemory, inFile] = [bytes.readUInt32LE(at + 8), bytes.readUInt32LE(at + 16)];
    const offset = bytes.readUInt32LE(at + 20);
    const name = upToZero(bytes, at, 8);
    // What is in the file is rounded up; the section ends where it does in memory.
    return [
      { name, offset, size: Math.min(inMemory, inFile) },
      { name: `${name} in the file`, offset, size: inFile },
    ];
  });
}
