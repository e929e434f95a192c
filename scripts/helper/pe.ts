/** What a Windows executable says about itself. Layout: Microsoft's "PE Format", read 2026-11-21. */
export interface Pe {
  readonly format: "pe";
  readonly processor: "arm64" | "x64" | "unknown";
  /** `console` programs use the terminal they are started from; `windows` ones never have one. */
  readonly subsystem: "console" | "windows" | "other";
  /** Whether an Authenticode signature is attached. */
  readonly signed: boolean;
  /** Product version from the version resource, such as `1.4.5.0`; `undefined` when there is none. */
  readonly productVersion: string | undefined;
}

const machines = new Map<number, Pe["processor"]>([
  [0xaa64, "arm64"],
  [0x8664, "x64"],
]);
const subsystems = new Map<number, Pe["subsystem"]>([
  [3, "console"],
  [2, "windows"],
]);
const peMagic = 0x00004550;
const pe32Plus = 0x20b;
const resourceDirectory = 2;
const certificateDirectory = 4;

/** @returns `undefined` when the bytes are no 64-bit Windows executable. */
export function readPe(bytes: Buffer): Pe | undefined {
  if (bytes.length < 64 || bytes.toString("latin1", 0, 2) !== "MZ") return undefined;
  const header = bytes.readUInt32LE(60);
  if (header + 264 > bytes.length || bytes.readUInt32LE(header) !== peMagic) return undefined;
  const optional = header + 24;
  if (bytes.readUInt16LE(optional) !== pe32Plus) return undefined;
  const directory = (index: number) => optional + 112 + index * 8;
  const resources = bytes.readUInt32LE(directory(resourceDirectory));
  return {
    format: "pe",
    processor: machines.get(bytes.readUInt16LE(header + 4)) ?? "unknown",
    subsystem: subsystems.get(bytes.readUInt16LE(optional + 68)) ?? "other",
    signed: bytes.readUInt32LE(directory(certificateDirectory)) !== 0,
    productVersion: resources === 0 ? undefined : versionIn(bytes, header, resources),
  };
}

/** Type number of a version resource. */
const rtVersion = 16;
/** First word of VS_FIXEDFILEINFO. */
const fixedInfoMagic = 0xfeef04bd;

/** Follows type, name and language to the version resource. */
function versionIn(bytes: Buffer, header: number, resources: number): string | undefined {
  const root = fileOffset(bytes, header, resources);
  if (root === undefined) return undefined;
  const type = entriesOf(bytes, root).find(({ id }) => id === rtVersion);
  if (type === undefined) return undefined;
  const [name] = entriesOf(bytes, root + (type.target & 0x7fffffff));
  const [language] = name ? entriesOf(bytes, root + (name.target & 0x7fffffff)) : [];
  if (language === undefined) return undefined;
  const data = root + language.target;
  const start = fileOffset(bytes, header, bytes.readUInt32LE(data));
  if (start === undefined) return undefined;
  const block = bytes.subarray(start, start + bytes.readUInt32LE(data + 4));
  const magic = Buffer.alloc(4);
  magic.writeUInt32LE(fixedInfoMagic);
  const fixed = block.indexOf(magic);
  if (fixed < 0) return undefined;
  const [high, low] = [block.readUInt32LE(fixed + 16), block.readUInt32LE(fixed + 20)];
  return [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff].join(".");
}

function entriesOf(bytes: Buffer, at: number) {
  const count = bytes.readUInt16LE(at + 12) + bytes.readUInt16LE(at + 14);
  return Array.from({ length: count }, (_, index) => {
    const entry = at + 16 + index * 8;
    return { id: bytes.readUInt32LE(entry), target: bytes.readUInt32LE(entry + 4) };
  });
}

/** Where an address of the loaded program lies in the file. */
function fileOffset(bytes: Buffer, header: number, address: number): number | undefined {
  const sections = header + 24 + bytes.readUInt16LE(header + 20);
  for (let index = 0; index < bytes.readUInt16LE(header + 6); index += 1) {
    const at = sections + index * 40;
    const start = bytes.readUInt32LE(at + 12);
    const size = Math.max(bytes.readUInt32LE(at + 8), bytes.readUInt32LE(at + 16));
    if (address >= start && address < start + size) {
      return address - start + bytes.readUInt32LE(at + 20);
    }
  }
  return undefined;
}
