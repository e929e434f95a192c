import { ForeignFolderError } from "./owned-folder.ts";

/** Code of the operating system -> what to do about it. */
const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: "the folder may not be written; give it write access or choose another --out",
  EPERM: "the folder may not be written; give it write access or choose another --out",
  EROFS: "the file system is read-only; choose another --out",
  ENOSPC: "the disk is full; free some space or choose another --out",
  EDQUOT: "the disk quota is used up; free some space or choose another --out",
  ENOTDIR: "a part of the path is a file; choose another --out",
  EEXIST: "a part of the path is a file; choose another --out",
  ELOCKED: "another process is still writing this stack's profiles; try again when it is done",
};

/** One sentence for whoever asked for the files; the cause stays attached. */
export function writeFailure(out: string, stack: string, cause: unknown): Error {
  const code = codeOf(cause);
  const why =
    cause instanceof ForeignFolderError
      ? cause.message
      : (REMEDIES[code] ?? (cause instanceof Error ? cause.message : String(cause)));
  return new Error(`profiles of ${stack} were not written to ${out}: ${why}`, { cause });
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
