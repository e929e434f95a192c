import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Guards nothing: the state it encrypts is thrown away and holds stand-in values only. It must exist, because the
 * engine refuses a file backend without one, and be constant, because the second run reads the state of the first.
 */
const throwAwayPassphrase = "offline";

/** Subfolders of an offline state folder. */
export const offlineFolders = { backend: "backend", home: "home" } as const;

/** Scratch folder of one stack, apart from the project's own so that nothing is written there. */
export function offlineWorkFolder(stateFolder: string, stackName: string): string {
  return join(stateFolder, "work", stackName);
}

/** Credentials and addresses of a real account: emptied, so that an offline run cannot reach one by mistake. */
const emptied = [
  "PULUMI_ACCESS_TOKEN",
  "PULUMI_CONFIG_PASSPHRASE_FILE",
  "PULUMI_CLOUD_URL",
] as const;

/** Settings that keep a run inside a throw-away folder: own state, own home, no plugin download, no update check. */
export function offlineEnvironment(stateFolder: string): Record<string, string> {
  return {
    ...Object.fromEntries(emptied.map((name) => [name, ""])),
    PULUMI_BACKEND_URL: pathToFileURL(join(stateFolder, offlineFolders.backend)).href,
    PULUMI_CONFIG_PASSPHRASE: throwAwayPassphrase,
    PULUMI_HOME: join(stateFolder, offlineFolders.home),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Copies of a state that is thrown away anyway.
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}
