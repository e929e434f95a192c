/** Where a file lies on this computer, of a configuration that says it for every system. */
export function pathHere(file: { readonly path: string; readonly windowsPath: string }): string {
  return process.platform === "win32" ? file.windowsPath : file.path;
}
