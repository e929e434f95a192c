/**
 * Where the kit's credential helper and its configuration are installed. Profiles point there, the build
 * packs for there, the helper reads from there: nobody else spells these paths.
 *
 * All of them need an administrator to be written, so that nobody else decides what runs or whom it asks.
 */
export const helperInstall = {
  /**
   * Executable on macOS and Linux: a folder of its own, which only root can write. `/usr/local/bin` is none:
   * Homebrew on Intel Macs gives it to the user (https://github.com/Homebrew/brew/issues/105, read 2026-11-21), whose other
   * programs could then replace the helper.
   */
  posixPath: "/opt/cowork/bin/credential-helper",
  /** Executable on Windows. */
  windowsPath: "C:\\Program Files\\Cowork\\credential-helper.exe",
  /** Configuration. On Windows it lies beside the executable, wherever that was installed. */
  configPaths: {
    darwin: "/Library/Application Support/Cowork/credential-helper.json",
    linux: "/etc/cowork/credential-helper.json",
    win32: "C:\\Program Files\\Cowork\\credential-helper.json",
  },
} as const;
