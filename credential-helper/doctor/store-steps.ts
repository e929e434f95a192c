import type { HelperConfig } from "../../contract/helper-config.ts";
import { ensureFolder } from "../cache-folder.ts";
import { freshness } from "../freshness.ts";
import { exists, readPrivateFile, removePrivateFile, writePrivateFile } from "../private-file.ts";
import type { ConfigFile } from "../read-config.ts";
import { isObject, parseJson, parseRecord } from "../record.ts";
import type { KeyVault } from "../secret-store/key-vault.ts";
import { readRecordFile, type StoreSurroundings } from "../secret-store/read-record.ts";
import { markerPath } from "../secret-store/secret-store.ts";
import { signInIdentity } from "../session.ts";
import { type Finding, failed, ok, skipped, warning } from "./step.ts";

/**
 * Writes, reads and removes an entry of its own in the operating system's store, and a file in the folder.
 *
 * @throws HelperFailure `localStore`
 */
export async function secretStoreStep(
  { folder, platform }: StoreSurroundings,
  trial: KeyVault | undefined,
): Promise<Finding> {
  ensureFolder(folder);
  fileRoundTrip(`${folder}/doctor`);
  if (trial !== undefined) {
    const started = performance.now();
    await trial.write(crypto.getRandomValues(new Uint8Array(32)));
    await trial.remove();
    const tookMs = Math.round(performance.now() - started);
    return ok(
      `${trial.name} keeps the key (tried in ${tookMs} ms), files in ${folder} are sealed with it`,
    );
  }
  if (platform === "linux" && !exists(markerPath(folder)))
    return warning(
      `this session has no secret store: files in ${folder}, readable by the user alone, are not sealed`,
      "start a Secret Service such as gnome-keyring in the session, or accept it: docs/credential-helper.md",
    );
  return failed(
    "the secret store that was used before is out of reach",
    "start the helper within the user's own desktop session",
  );
}

function fileRoundTrip(path: string): void {
  writePrivateFile(path, new Uint8Array([1, 2, 3]));
  const read = readPrivateFile(path);
  removePrivateFile(path);
  if (read?.length !== 3) throw new Error("a file does not come back as it was written");
}

/** How long what is kept serves. Nothing of the credential itself. */
export async function cacheStep(
  store: StoreSurroundings,
  file: ConfigFile | undefined,
  nowMs: number,
): Promise<Finding> {
  const text = await readRecordFile(store, "credential");
  if (text === undefined) return ok("no credential is kept: the next run obtains one");
  const record = parseRecord(text);
  if (record === undefined)
    return ok("what is kept cannot be used: the next run obtains a new one");
  if (file === undefined || record.configSha256 !== file.sha256)
    return ok("the credential kept is for another configuration and is not used");
  const livesSeconds = Math.floor(record.expiresAtEpochSeconds - nowMs / 1000);
  const words = {
    fresh: `a credential is kept and serves ${livesSeconds} s more`,
    usable: `a credential is kept and valid for ${livesSeconds} s: the next run renews it`,
    expired: "the credential kept has expired: the next run obtains one",
  };
  return ok(words[freshness(record, nowMs)]);
}

/** Whether a run in the background could renew without a person. */
export async function sessionStep(
  store: StoreSurroundings,
  config: HelperConfig | undefined,
): Promise<Finding> {
  if (config === undefined) return skipped("needs a valid configuration");
  if (config.signIn.kind !== "oidc") return skipped("the device certificate takes its place");
  const text = await readRecordFile(store, "session");
  const session = text === undefined ? undefined : parseJson(text);
  if (!isObject(session) || session.signIn !== signInIdentity(config))
    return ok("nobody is signed in: the next interactive run opens a browser");
  return typeof session.refreshToken === "string"
    ? ok("somebody is signed in: runs in the background renew without a person")
    : warning(
        "the issuer gave no refresh token: a person has to sign in each time",
        "allow offline_access for the client, and keep signIn.keepRefreshToken true",
      );
}
