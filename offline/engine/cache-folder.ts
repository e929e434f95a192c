import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where built engines and shims are kept, outside any checkout so that every clone shares them.
 * `COWORK_CACHE_DIR` decides; else `XDG_CACHE_HOME/cowork-landing-zone`; else `~/.cache/cowork-landing-zone`.
 */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  if (env.COWORK_CACHE_DIR) return env.COWORK_CACHE_DIR;
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "cowork-landing-zone");
}
