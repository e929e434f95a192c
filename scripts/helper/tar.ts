/** One file of an archive. */
export interface ArchiveFile {
  /** Path from the archive's root, forward slashes, at most 100 bytes. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** 2000-01-01T00:00:00Z in seconds: any fixed moment does; 1970 looks broken in file managers. */
export const fixedTimeSeconds = 946_684_800;

const block = 512;

/**
 * A ustar archive (POSIX.1-1988) of executables: owner and group root, mode 0755, one fixed time, so that the same
 * files give the same bytes. Folders below the first, which are the kit's own, are entries too: whoever could write
 * one could replace the executable, and without an entry the unpacker's umask would decide. The first, such as
 * `/opt`, is shared with others and left as it is.
 */
export function tarOf(files: readonly ArchiveFile[]): Buffer {
  const folders = new Set(files.flatMap(({ path }) => ownFolders(path)));
  const parts = files.flatMap(({ path, bytes }) => {
    const padding = Buffer.alloc((block - (bytes.length % block)) % block);
    return [headerOf(path, bytes.length, "0"), bytes, padding];
  });
  const entries = [...folders].map((folder) => headerOf(folder, 0, "5"));
  return Buffer.concat([...entries, ...parts, Buffer.alloc(2 * block)]);
}

function ownFolders(path: string): string[] {
  const names = path.split("/").slice(0, -1);
  return names.slice(1).map((_, at) => `${names.slice(0, at + 2).join("/")}/`);
}

/** @param type `0` a file, `5` a folder. */
function headerOf(path: string, size: number, type: "0" | "5"): Buffer {
  if (Buffer.byteLength(path) > 100)
    throw new Error(`${path}: longer than a tar entry's 100 bytes`);
  const header = Buffer.alloc(block);
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, "0")}\0`;
  header.write(path, 0);
  header.write(octal(0o755, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(size, 12), 124);
  header.write(octal(fixedTimeSeconds, 12), 136);
  header.write(" ".repeat(8), 148);
  header.write(type, 156);
  header.write("ustar\x0000", 257);
  header.write("root", 265);
  header.write("root", 297);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** A file's bytes out of a ustar archive; `undefined` when it is not in there. Reads what npm packs: plain entries. */
export function fileInTar(archive: Buffer, wanted: string): Buffer | undefined {
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block);
    const path = text(header, 0, 100);
    if (path === "") return undefined;
    const prefix = text(header, 345, 155);
    const size = Number.parseInt(text(header, 124, 12), 8);
    if (!Number.isInteger(size)) return undefined;
    const start = at + block;
    if ((prefix === "" ? path : `${prefix}/${path}`) === wanted) {
      const bytes = archive.subarray(start, start + size);
      return bytes.length === size ? bytes : undefined;
    }
    at = start + Math.ceil(size / block) * block;
  }
  return undefined;
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end < 0 ? length : end).trim();
}
