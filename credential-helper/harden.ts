import { HelperFailure } from "./failure.ts";

type Environment = Record<string, string | undefined>;

/** Variables that turn certificate checks off, add authorities, write secrets down, or load foreign code. */
const dropped: readonly string[] = [
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "NODE_EXTRA_CA_CERTS",
  "NODE_OPTIONS",
  "NODE_DEBUG",
  "NODE_V8_COVERAGE",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "SSLKEYLOGFILE",
  "DEBUG",
  // Plain http goes to this computer alone.
  "HTTP_PROXY",
  "ALL_PROXY",
];

/** The runtime reads these before the program's first line: only another start goes without. */
const readByRuntime: readonly string[] = [
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "BUN_INSPECT",
  "BUN_CONFIG_VERBOSE_FETCH",
];

/** Settings of cloud SDKs: endpoints, profiles and accounts come from the configuration only. */
const droppedPrefixes = /^(AWS|GOOGLE|CLOUDSDK|GCE|GCLOUD|AZURE|MSAL|IDENTITY|MSI|OTEL|BUN)_/i;

const loopback = "127.0.0.1,localhost,::1";

/** The one the executable is built with. */
const ownOptions: readonly string[] = ["--use-system-ca"];

/**
 * What has to be right before anything else happens: at the very start, also of a run that only reads.
 *
 * @param runtimeOptions what the runtime was started with. The kit's own build takes none from outside
 *   (docs/decisions/2026-11-21-helper-executable.md); another one would, by BUN_OPTIONS.
 * @throws HelperFailure `usage` when the runtime was told to load something besides the helper.
 */
export function hardenStart(
  environment: Readonly<Environment>,
  runtimeOptions: readonly string[],
): void {
  // Dropping it here would come too late: the runtime reads it before the first line of the program.
  const isForeign = runtimeOptions.some((option) => !ownOptions.includes(option));
  if (isForeign && (environment.BUN_OPTIONS ?? "") !== "")
    throw new HelperFailure(
      "usage",
      "BUN_OPTIONS may load other code: remove it from the environment the helper is started in",
    );
  try {
    // Nothing is looked up beside what the caller happened to work on.
    process.chdir(process.platform === "win32" ? (environment.SystemRoot ?? "C:\\") : "/");
  } catch {
    // Nothing depends on it: all paths are absolute.
  }
}

/** Whether it takes another start to be without what the runtime took from the environment. */
export function needsRestart(environment: Readonly<Environment>): boolean {
  return readByRuntime.some((name) => environment[name] !== undefined);
}

/** Before anything is sent: only the configuration says whom to ask and whom to trust. */
export function hardenNetwork(environment: Environment): void {
  // In any case of letters: Windows reads them so, and one left behind would start the program for ever.
  for (const name of Object.keys(environment))
    if (dropped.includes(name.toUpperCase()) || droppedPrefixes.test(name))
      delete environment[name];
  // HTTPS_PROXY is the user's and stays: it sees host names only. What is local never goes through it.
  const exempt = environment.NO_PROXY ?? environment.no_proxy ?? "";
  delete environment.no_proxy;
  environment.NO_PROXY = exempt === "" ? loopback : `${exempt},${loopback}`;
}
