import type { ServedRoute } from "../../contract/token-service-config.ts";
import { ExchangeError, type ProviderCredential } from "../../exchange/exchange.ts";
import type { Identity } from "../identity.ts";
import { subjectsOf } from "../store/subjects.ts";
import { StoreUnavailable } from "../store.ts";
import { acceptsSilence, revokedRefusal } from "./admit-identity.ts";
import type { Dependencies, Grant } from "./dependencies.ts";
import type { Refusal } from "./refusals.ts";

interface Wanted {
  readonly route: ServedRoute;
  readonly identity: Identity;
  readonly grant: Grant;
}

interface Got {
  readonly credential: ProviderCredential;
  readonly checked: boolean;
}

/** Gets the credential, and makes sure that a revocation that came meanwhile is not overtaken by it. */
export async function getCredential(
  dependencies: Dependencies,
  signal: AbortSignal,
  { route, identity, grant }: Wanted,
): Promise<Got | Refusal> {
  const credential = await exchanged(dependencies, signal, { route, identity, grant });
  if ("code" in credential) return credential;
  if (signal.aborted) return inTime;
  const { expiresAtEpochSeconds } = credential;
  if (expiresAtEpochSeconds <= dependencies.now() / 1000) {
    return { code: "upstream_unavailable", message: "the provider's credential was over already" };
  }
  try {
    const noted = { expiresAtEpochSeconds };
    const revocation = await dependencies.store.noteIssued(subjectsOf(identity), noted);
    return revocation ? revokedRefusal(revocation) : { credential, checked: true };
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    if (acceptsSilence(error, dependencies.onStoreFailure)) return { credential, checked: false };
    return { code: "store_unavailable", message: error.message };
  }
}

async function exchanged(
  { exchange, fetch, now, metrics }: Dependencies,
  signal: AbortSignal,
  { route, identity, grant }: Wanted,
): Promise<ProviderCredential | Refusal> {
  const startedMs = performance.now();
  const seconds = () => (performance.now() - startedMs) / 1000;
  try {
    const work = exchange(route, identity, grant, { fetch, now, signal });
    const credential = await Promise.race([work, aborted(signal)]);
    metrics.exchanged(route.provider, "ok", seconds());
    return credential;
  } catch (error) {
    const kind = error instanceof ExchangeError ? error.kind : "unavailable";
    metrics.exchanged(route.provider, kind, seconds());
    if (signal.aborted) return inTime;
    if (!(error instanceof ExchangeError)) throw error;
    const code = kind === "refused" ? "upstream_refused" : "upstream_unavailable";
    return { code, message: error.message };
  }
}

/** An exchange that does not listen to the signal must not hold a request up. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new Error("aborted"));
    if (signal.aborted) fail();
    else signal.addEventListener("abort", fail, { once: true });
  });
}

const inTime: Refusal = {
  code: "upstream_unavailable",
  message: "the provider did not answer in time",
};
