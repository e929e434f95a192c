import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

import { helperInstall } from "../contract/helper-install.ts";
import { HelperFailure } from "./failure.ts";
import { errorCode } from "./output.ts";
import { sha256Hex } from "./sha256.ts";
import { pathTrust } from "./trusted-path.ts";

/** The configuration's bytes: read and trusted, not yet understood. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
  readonly sha256: string;
}

/** Where to read, and whose file it may be. */
export interface ConfigSource {
  readonly path: string;
  /** Numeric ids on POSIX: root, and the user too where the path was named on the command line. */
  readonly trustedOwners: readonly number[];
}

const largestBytes = 65_536;

/**
 * @param named the path of `--config`; undefined: the machine-wide file of this platform. On Windows that lies
 *   beside the executable: whoever could write it could as well replace the program.
 */
export function configSource(named: string | undefined): ConfigSource {
  if (named !== undefined) return { path: named, trustedOwners: [0, process.getuid?.() ?? 0] };
  return { path: machineWidePath(), trustedOwners: [0] };
}

function machineWidePath(): string {
  const { configPaths } = helperInstall;
  if (process.platform === "darwin") return configPaths.darwin;
  if (process.platform !== "win32") return configPaths.linux;
  const name = configPaths.win32.slice(configPaths.win32.lastIndexOf("\\") + 1);
  return `${process.execPath.slice(0, process.execPath.lastIndexOf("\\"))}\\${name}`;
}

/**
 * Reads the file, after making sure that nobody but an administrator could have written it.
 *
 * @throws HelperFailure `configuration`: missing, unreadable, too large, or open to others.
 */
export function readConfigFile({ path, trustedOwners }: ConfigSource): ConfigFile {
  try {
    const realPath = process.platform === "win32" ? path : trustedRealPath(path, trustedOwners);
    const text = readSmallFile(realPath);
    return { path, text, sha256: sha256Hex(text) };
  } catch (error) {
    if (error instanceof HelperFailure) throw error;
    if (errorCode(error) === "ENOENT")
      throw new HelperFailure(
        "configuration",
        `there is no ${path}: install the credential helper's package of your geography's profile set`,
      );
    throw new HelperFailure(
      "configuration",
      `${path} cannot be read (${errorCode(error) ?? "unknown reason"}): it has to be readable by everybody`,
    );
  }
}

function trustedRealPath(path: string, trustedOwners: readonly number[]): string {
  const { problems, realPath } = pathTrust(path, trustedOwners);
  if (problems.length === 0) return realPath;
  throw new HelperFailure(
    "configuration",
    `others than an administrator can change ${path} (${problems.join("; ")}): install it again as root, mode 0644`,
  );
}

function readSmallFile(path: string): string {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const found = fstatSync(file);
    if (!found.isFile()) throw new HelperFailure("configuration", `${path} is not a file`);
    if (found.size > largestBytes)
      throw new HelperFailure(
        "configuration",
        `${path} is larger than ${largestBytes} bytes: it is not a helper's configuration`,
      );
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}
