import { helperInstall } from "../../contract/helper-install.ts";

/** Systems a helper is built for: the operating system as an administrator says it, and the processor. */
export const targetNames = [
  "darwin-arm64",
  "darwin-x64",
  "windows-x64",
  "windows-arm64",
  "linux-x64",
  "linux-arm64",
] as const;

export type TargetName = (typeof targetNames)[number];

/** What differs from one system to the next. */
export interface Target {
  readonly name: TargetName;
  readonly system: "darwin" | "windows" | "linux";
  readonly processor: "arm64" | "x64";
  /** Where the executable stands on the laptop. */
  readonly installedPath: string;
  /** Where the helper reads its configuration on that system. */
  readonly configPath: string;
  /** The installed path inside the archive, from the root of the drive, with forward slashes. */
  readonly entryPath: string;
  readonly archive: "tar.gz" | "zip";
}

export function targetOf(name: TargetName): Target {
  const [system, processor] = partsOf(name);
  const windows = system === "windows";
  const installedPath = windows ? helperInstall.windowsPath : helperInstall.posixPath;
  return {
    name,
    system,
    processor,
    installedPath,
    configPath: helperInstall.configPaths[windows ? "win32" : system],
    entryPath: installedPath.replace(/^(?:[A-Z]:)?[\\/]/, "").replaceAll("\\", "/"),
    archive: windows ? "zip" : "tar.gz",
  };
}

function partsOf(name: TargetName) {
  // A name is a system, a dash and a processor: the list above holds nothing else.
  return name.split("-") as [Target["system"], Target["processor"]];
}
