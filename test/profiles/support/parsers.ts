import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { emptyHive } from "./empty-hive.ts";

/** Registry values as hivexregedit exports them, all of type REG_SZ: name -> text. */
export function readRegWithHivex(file: Buffer): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "profiles-hive-"));
  try {
    const hive = join(folder, "hive");
    writeFileSync(hive, emptyHive());
    writeFileSync(join(folder, "base.reg"), BASE);
    // hivexregedit reads text files in the local encoding; Windows itself reads UTF-16LE.
    writeFileSync(join(folder, "ours.reg"), file.toString("utf16le").replace(/^\ufeff/, ""));
    for (const name of ["base.reg", "ours.reg"]) {
      run("hivexregedit", ["--merge", "--prefix", ROOT, hive, join(folder, name)]);
    }
    return parseExport(run("hivexregedit", ["--export", hive, "\\SOFTWARE\\Policies\\Claude"]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ROOT = "HKEY_LOCAL_MACHINE";
const POLICIES = `${ROOT}\\SOFTWARE\\Policies`;
/** What Windows always has, and a value and a subkey of an older profile. */
const BASE = [
  "Windows Registry Editor Version 5.00",
  `[${ROOT}\\SOFTWARE]`,
  `[${POLICIES}]`,
  `[${POLICIES}\\Claude]\n"stale"="old"`,
  `[${POLICIES}\\Claude\\Sub]\n"stale"="old"`,
  "",
].join("\n\n");

function parseExport(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split("\n").slice(1)) {
    if (line === "" || line === "[\\SOFTWARE\\Policies\\Claude]") continue;
    const match = /^"([^"]+)"=hex\(1\):([0-9a-f,]*)$/.exec(line);
    if (match === null) throw new Error(`not a REG_SZ value under the key: ${line}`);
    const bytes = Buffer.from(match[2]!.replaceAll(",", ""), "hex");
    values[match[1]!] = bytes.toString("utf16le").replace(/\0$/, "");
  }
  return values;
}

/** A property list as Python's plistlib reads it. */
export function readPlistWithPython(file: Buffer): unknown {
  const script =
    "import json,plistlib,sys; json.dump(plistlib.loads(sys.stdin.buffer.read()), sys.stdout)";
  return JSON.parse(run("python3", ["-c", script], file));
}

/** A property list read by libplist, turned into its binary form, and read again by Python. */
export function readPlistWithPlistutil(file: Buffer): unknown {
  const binary = spawnSync("plistutil", ["-i", "-", "-o", "-", "-f", "bin"], { input: file });
  if (binary.error !== undefined) throw missing("plistutil");
  if (binary.status !== 0) throw new Error(`plistutil refused the file: ${binary.stderr}`);
  return readPlistWithPython(binary.stdout);
}

function run(
  command: string,
  args: readonly string[],
  input: Uint8Array = new Uint8Array(),
): string {
  const result = spawnSync(command, args, {
    input,
    encoding: "utf8",
    env: { ...process.env, PERL_UNICODE: "SD" },
  });
  if (result.error !== undefined) throw missing(command);
  if (result.status !== 0) throw new Error(`${command} refused the file: ${result.stderr}`);
  return result.stdout;
}

function missing(command: string): Error {
  return new Error(
    `${command} is needed to read the profiles back: apt-get install python3 libplist-utils libwin-hivex-perl`,
  );
}
