import { accessSync, closeSync, constants, openSync, rmSync, statSync } from "node:fs";
import type { HelperConfig } from "../../contract/helper-config.ts";
import { helperInstall } from "../../contract/helper-install.ts";
import { pathHere } from "../path-here.ts";
import { type ConfigFile, type ConfigSource, readConfigFile } from "../read-config.ts";
import { pathTrust } from "../trusted-path.ts";
import { configProblems } from "../validate-config.ts";
import { type Finding, failed, ok, skipped, warning } from "./step.ts";

/** What the look at the program needs of the computer; replaced in tests. */
export interface ProgramPlace {
  readonly platform: NodeJS.Platform;
  /** Whether this account, without an administrator's rights, can put files into a folder. */
  readonly mayWrite: (folder: string) => boolean;
}

/**
 * Whether others than an administrator could put another program in its place, which Claude Desktop would run.
 * Owners and modes say so on POSIX; access lists are not read on any system, so there it is tried.
 */
export function programStep(program: string, place: ProgramPlace = thisComputer): Finding {
  const { platform, mayWrite } = place;
  const expected = platform === "win32" ? helperInstall.windowsPath : helperInstall.posixPath;
  const elsewhere = program === expected ? "" : ` (profiles of the kit point to ${expected})`;
  const folder = program.slice(0, program.lastIndexOf(platform === "win32" ? "\\" : "/"));
  const problems = [
    ...(platform === "win32" ? [] : pathTrust(program, [0]).problems),
    ...(mayWrite(folder) ? [`this account can write ${folder}`] : []),
  ];
  if (problems.length > 0)
    return warning(
      `others can replace ${program}: ${problems.join("; ")}${elsewhere}`,
      platform === "win32"
        ? "fine for an administrator; otherwise install it where only administrators write, and point inferenceCredentialHelper there"
        : "install it where root alone can write, and point inferenceCredentialHelper there",
    );
  return platform === "win32"
    ? ok(
        `${program}, whose folder this account cannot write${elsewhere}; its access list is not read`,
      )
    : ok(`${program}, which only root can change${elsewhere}`);
}

const thisComputer: ProgramPlace = {
  platform: process.platform,
  mayWrite: process.platform === "win32" ? takesFile : isWritable,
};

/** By the system's own answer, access lists included. Root may write everywhere, which says nothing. */
function isWritable(folder: string): boolean {
  if (process.getuid?.() === 0) return false;
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Windows answers `access` by the read-only mark alone: an empty file is made, and removed again. */
export function takesFile(folder: string): boolean {
  const trial = `${folder}/doctor-${process.pid}-${Math.random().toString(36).slice(2)}.tmp`;
  try {
    closeSync(openSync(trial, "wx"));
    rmSync(trial, { force: true });
    return true;
  } catch {
    return false;
  }
}

export function environmentStep(
  environment: Readonly<Record<string, string | undefined>>,
  config: HelperConfig | undefined,
): Finding {
  const proxy = environment.HTTPS_PROXY ?? environment.https_proxy ?? "";
  if (proxy === "") return ok("nothing in it changes where the helper connects");
  return config !== undefined && connectsDirectly(config)
    ? warning(
        "HTTPS_PROXY is set and not used: with certificateAuthorities or a device certificate the helper connects directly",
        "let this computer reach issuer and service directly, or put the company's authority into the system's store and leave certificateAuthorities out",
      )
    : ok("HTTPS_PROXY is set and used for https; addresses of this computer go without");
}

/** Whether a run goes past the proxy of the environment. */
export function connectsDirectly({ certificateAuthorities, signIn }: HelperConfig): boolean {
  return certificateAuthorities !== undefined || signIn.kind === "device-certificate";
}

/** The finding, and what later steps need of it. */
export interface ConfigLook {
  readonly finding: Finding;
  readonly file: ConfigFile | undefined;
  readonly config: HelperConfig | undefined;
}

/** @throws HelperFailure when the file is missing or open to others. */
export function lookAtConfig(source: ConfigSource): ConfigLook {
  const file = readConfigFile(source);
  const config = configProblems(file);
  if (Array.isArray(config))
    return {
      finding: failed(
        `${file.path}: ${config.join("; ")}`,
        "install the file of the profile set unchanged",
      ),
      file,
      config: undefined,
    };
  const finding = isOwn(file.path)
    ? ok(`${file.path} is valid; this account can change it, which --config allows`)
    : changeableBy(file.path, process.platform);
  return { finding, file, config };
}

/** Of another owner than root: read at all only because `--config` named it. */
function isOwn(path: string): boolean {
  return process.platform !== "win32" && statSync(path).uid !== 0;
}

/**
 * On POSIX reading it has settled who can change it. Windows keeps that in access lists, so there it is tried, and
 * nothing is written.
 */
export function changeableBy(path: string, platform: NodeJS.Platform): Finding {
  if (platform !== "win32") return ok(`${path} is valid and only an administrator can change it`);
  try {
    closeSync(openSync(path, "r+"));
    return warning(
      `${path} is valid, and this account can change it`,
      "fine for an administrator; otherwise install it where only administrators write",
    );
  } catch {
    return ok(`${path} is valid and this account cannot change it`);
  }
}

/** What a run would do, in one sentence. */
export function planStep(config: HelperConfig | undefined): Finding {
  if (config === undefined) return skipped("needs a valid configuration");
  const { geography, route, provider, ttlSeconds, signIn, exchange } = config;
  const who =
    signIn.kind === "oidc"
      ? `signs people in at ${signIn.issuer} as ${signIn.clientId}`
      : `presents the device certificate ${pathHere(signIn.certificate)}`;
  const what = {
    "token-service": () => (exchange.kind === "token-service" ? `asks ${exchange.url}` : ""),
    bedrock: () =>
      exchange.kind === "bedrock"
        ? `assumes ${exchange.roleArn} in ${exchange.region} for ${exchange.sessionSeconds} s`
        : "",
    "vertex-workforce": () => "exchanges the ID token at Google's STS",
    entra: () => (exchange.kind === "entra" ? `asks Entra ID for ${exchange.scope}` : ""),
    "sign-in-token": () =>
      exchange.kind === "sign-in-token" ? `hands on the ${exchange.tokenType}` : "",
  }[exchange.kind]();
  return ok(
    `${who}, ${what}; for ${provider}, route ${route} of geography ${geography}, kept ${ttlSeconds} s by Claude Desktop`,
  );
}
