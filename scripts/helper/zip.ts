import { promisify } from "node:util";
import { crc32, deflateRaw } from "node:zlib";
import type { ArchiveFile } from "./tar.ts";

/** 2000-01-01 00:00:00 as MS-DOS writes it: years from 1980, month, day. */
const dosDate = ((2000 - 1980) << 9) | (1 << 5) | 1;

/** Made on Unix, format 2.0: so that the mode below is read as one. */
const madeBy = (3 << 8) | 20;
const needs = 20;
/** Names are UTF-8. */
const flags = 0x0800;
const deflated = 8;
/** A regular file, mode 0755. */
const unixMode = 0o100755;

/**
 * A zip archive (APPNOTE.TXT 6.3.10) with one fixed time and mode 0755, so that the same files give the same bytes.
 * Files of 4 GiB and more would need zip64 and are refused.
 *
 * @param level Compression from 0 to 9.
 */
export async function zipOf(files: readonly ArchiveFile[], level: number): Promise<Buffer> {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes } of files) {
    if (bytes.length >= 2 ** 32) throw new Error(`${path}: too large for a zip without zip64`);
    const packed = await promisify(deflateRaw)(bytes, { level });
    const name = Buffer.from(path);
    const common = commonFields(crc32(bytes), packed.length, bytes.length, name.length);
    const local = Buffer.concat([u32(0x04034b50), common, u16(0), name]);
    bodies.push(local, packed);
    directory.push(
      Buffer.concat([
        ...[u32(0x02014b50), u16(madeBy), common, u16(0), u16(0), u16(0), u16(0)],
        ...[u32(unixMode * 2 ** 16), u32(offset), name],
      ]),
    );
    offset += local.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const count = [u16(files.length), u16(files.length)];
  const end = [u32(0x06054b50), u16(0), u16(0), ...count, u32(entries.length), u32(offset), u16(0)];
  return Buffer.concat([...bodies, entries, ...end]);
}

/** The fields that stand alike before a file and in the directory, up to the length of the name. */
function commonFields(crc: number, packed: number, size: number, nameLength: number): Buffer {
  const head = [u16(needs), u16(flags), u16(deflated), u16(0), u16(dosDate)];
  return Buffer.concat([...head, u32(crc), u32(packed), u32(size), u16(nameLength)]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
