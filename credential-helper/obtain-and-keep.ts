import type { HelperConfig } from "../contract/helper-config.ts";
import { ExchangeError, type ProviderCredential } from "../exchange/exchange.ts";
import { mayAsk } from "./context.ts";
import { runClock } from "./deadline.ts";
import { HelperFailure } from "./failure.ts";
import { chooseJitterSeconds } from "./freshness.ts";
import { forgetHolder, noteHolder } from "./holder-note.ts";
import { systemFetch } from "./network.ts";
import type { ObtainContext } from "./obtain-types.ts";
import { openBrowser } from "./open-browser.ts";
import { asFailure, type PrintedCredential, tell } from "./output.ts";
import { sweepDrafts } from "./private-file.ts";
import { areHeaders, type CredentialRecord, isPrintableToken, writeRecord } from "./record.ts";
import type { Renewal } from "./renewal.ts";
import { openStore } from "./secret-store/open-store.ts";
import type { SecretStore } from "./secret-store/secret-store.ts";
import { readSession, writeSession } from "./session.ts";
import { forgetFailure, shareFailure } from "./shared-failure.ts";
import { validateConfig } from "./validate-config.ts";

/**
 * Obtains a credential and keeps it for all that ask after. Called by the one process that holds the lock.
 *
 * @param endsAtMs when it has to be done, by `runClock`.
 * @throws HelperFailure which is kept too, so that others need not try the same.
 */
export async function obtainAndKeep(
  renewal: Renewal,
  endsAtMs: number,
): Promise<PrintedCredential> {
  const config = validateConfig(renewal.configFile);
  const { folder } = renewal.store;
  const interactive = mayAsk(renewal.context);
  noteHolder(folder, interactive);
  sweepDrafts(folder, Date.now());
  try {
    const store = await openStore(renewal.store);
    try {
      const record = await obtained(renewal, config, store, endsAtMs);
      await keep(store, record);
      forgetFailure(folder);
      return record;
    } catch (error) {
      const failure = asFailure(error);
      // What was refused now may not serve on from before.
      if (isRefusal(failure)) store.remove("credential");
      const { failure: cause, message } = failure;
      const { sha256: configSha256 } = renewal.configFile;
      const atMs = Date.now();
      try {
        shareFailure(folder, { configSha256, failure: cause, message, atMs, interactive });
      } catch {
        // A full disk is not why this run ends: others try for themselves.
      }
      throw error;
    }
  } finally {
    forgetHolder(folder);
  }
}

/** A revoked device is told so by its certificate, a person by the service's or provider's no. */
function isRefusal({ failure }: HelperFailure): boolean {
  return failure === "refused" || failure === "deviceCertificate";
}

async function obtained(
  { context, loadObtain, configFile }: Renewal,
  config: HelperConfig,
  store: SecretStore,
  endsAtMs: number,
): Promise<CredentialRecord> {
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(endsAtMs - runClock())));
  const around: ObtainContext = {
    context,
    fetch: systemFetch(),
    now: Date.now,
    signal,
    openBrowser,
    tell,
    readSession: () => readSession(store, config),
    writeSession: (session) => writeSession(store, config, session),
  };
  try {
    const obtain = await loadObtain();
    const credential = await Promise.race([obtain(config, around), ended(signal)]);
    return checked(credential, config, configFile.sha256, Date.now());
  } catch (error) {
    if (error instanceof HelperFailure) throw error;
    if (error instanceof ExchangeError) throw new HelperFailure(error.kind, error.message);
    if (signal.aborted) throw tooLate(mayAsk(context));
    throw error;
  }
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function tooLate(interactive: boolean): HelperFailure {
  return interactive
    ? new HelperFailure("signInFailed", "nobody finished signing in in time: start again")
    : new HelperFailure("unavailable", "nobody answered in time: ask again");
}

/** The last look before it is kept and printed, whoever obtained it. */
function checked(
  credential: ProviderCredential,
  { ttlSeconds }: HelperConfig,
  configSha256: string,
  issuedAtMs: number,
): CredentialRecord {
  const { token, headers = {}, expiresAtEpochSeconds } = credential;
  const lifetimeSeconds = Math.floor(expiresAtEpochSeconds - issuedAtMs / 1000);
  const problems = [
    ...(isPrintableToken(token) ? [] : ["its token holds characters no header can carry"]),
    ...(areHeaders(headers) ? [] : ["its headers cannot be sent with a request"]),
    ...(lifetimeSeconds >= ttlSeconds
      ? []
      : [`it lives ${lifetimeSeconds} s and the profile keeps it for ${ttlSeconds} s`]),
  ];
  if (problems.length > 0)
    throw new HelperFailure(
      "wrongCredential",
      `the credential cannot be used: ${problems.join("; ")}`,
    );
  const jitterSeconds = chooseJitterSeconds(lifetimeSeconds, ttlSeconds, Math.random());
  const lifetime = { issuedAtMs, expiresAtEpochSeconds, ttlSeconds, jitterSeconds };
  return { configSha256, token, headers, ...lifetime };
}

/** A credential that cannot be kept serves this time all the same. */
async function keep(store: SecretStore, record: CredentialRecord): Promise<void> {
  try {
    await store.write("credential", writeRecord(record));
  } catch (error) {
    const { failure, message } = asFailure(error);
    tell(`${failure}: ${message}; the credential is printed but not kept`);
  }
}
