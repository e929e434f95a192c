/**
 * Where the kit's credential helper and its configuration are installed. Profiles point there, the build
 * packs for there, the helper reads from there: nobody else spells these paths.
 *
 * All of them need an administrator to be written, so that nobody else decides what runs or whom it asks.
 */
export const helperInstall = {
  /** Executable on macOS and Linux. */
  posixPath: "/usr/local/bin/cowork-credential-helper",
  /** Executable on Windows. */
  windowsPath: "C:\\Program Files\\Cowork\\credential-helper.exe",
  /** Configuration. On Windows it lies beside the executable, wherever that was installed. */
  configPaths: {
    darwin: "/Library/Application Support/Cowork/credential-helper.json",
    linux: "/etc/cowork/credential-helper.json",
    win32: "C:\\Program Files\\Cowork\\credential-helper.json",
  },
} as const;
