import { type SpawnOptions, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";

/** A program and its arguments, never a command line. */
export interface BrowserCommand {
  readonly program: string;
  readonly args: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Fixed places: the search path is the user's. */
const linuxOpeners: readonly string[] = ["/usr/bin/xdg-open", "/bin/xdg-open"];

/**
 * What opens an address; undefined where nothing can, or for an address no sign-in needs. Windows is not asked
 * through `cmd`, which takes `&` and `%` of an address for its own.
 *
 * @param isThere whether a program may be run.
 */
export function browserCommand(
  address: string,
  platform: NodeJS.Platform,
  environment: Environment,
  isThere: (path: string) => boolean,
): BrowserCommand | undefined {
  const url = openable(address);
  if (url === undefined) return undefined;
  if (platform === "darwin") return { program: "/usr/bin/open", args: [url] };
  if (platform === "win32") {
    const root = environment.SystemRoot ?? "C:\\Windows";
    const program = `${root}\\System32\\rundll32.exe`;
    return { program, args: ["url.dll,FileProtocolHandler", url] };
  }
  const hasDisplay = (environment.DISPLAY ?? environment.WAYLAND_DISPLAY ?? "") !== "";
  const program = hasDisplay ? linuxOpeners.find(isThere) : undefined;
  return program === undefined ? undefined : { program, args: [url] };
}

/** https, or http on this computer; written out by the parser, so that nothing odd is left in it. */
function openable(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isLocal = url.protocol === "http:" && url.hostname === "127.0.0.1";
  if (url.protocol !== "https:" && !isLocal) return undefined;
  if (url.username !== "" || url.password !== "") return undefined;
  return url.href.replaceAll("'", "%27");
}

/** An opener that runs on is one that opened; one that fails does so at once. */
const settledAfterMs = 1_500;

/** Opens an address in the person's browser; false where none opens. */
export async function openBrowser(address: string): Promise<boolean> {
  const command = browserCommand(address, process.platform, process.env, isExecutable);
  return command === undefined ? false : started(command);
}

/** Runs it with nothing of ours: no output it could write to, nothing it could hold up. */
export function started({ program, args }: BrowserCommand): Promise<boolean> {
  const options: SpawnOptions = { stdio: "ignore", detached: true, windowsHide: true };
  return new Promise((resolve) => {
    const child = spawn(program, args, options);
    const timer = setTimeout(() => resolve(true), settledAfterMs);
    const settle = (opened: boolean) => {
      clearTimeout(timer);
      resolve(opened);
    };
    child.on("error", () => settle(false)).on("exit", (code) => settle(code === 0));
    child.unref();
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
