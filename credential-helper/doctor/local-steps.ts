import { closeSync, openSync } from "node:fs";

import type { HelperConfig } from "../../contract/helper-config.ts";
import { helperInstall } from "../../contract/helper-install.ts";
import { type ConfigFile, type ConfigSource, readConfigFile } from "../read-config.ts";
import { pathTrust } from "../trusted-path.ts";
import { configProblems } from "../validate-config.ts";
import { type Finding, failed, ok, skipped, warning } from "./step.ts";

/** Whether others than an administrator could replace the program itself. */
export function programStep(program: string): Finding {
  const expected =
    process.platform === "win32" ? helperInstall.windowsPath : helperInstall.posixPath;
  const elsewhere = program === expected ? "" : ` (profiles of the kit point to ${expected})`;
  if (process.platform === "win32")
    return ok(`${program}${elsewhere}; its access list is not read`);
  const { problems } = pathTrust(program, [0]);
  if (problems.length === 0) return ok(`${program}, which only root can change${elsewhere}`);
  return warning(
    `others can replace ${program}: ${problems.join("; ")}${elsewhere}`,
    "install it where root alone can write, and point inferenceCredentialHelper there",
  );
}

export function environmentStep(
  environment: Readonly<Record<string, string | undefined>>,
): Finding {
  const proxy = environment.HTTPS_PROXY ?? environment.https_proxy ?? "";
  return proxy === ""
    ? ok("nothing in it changes where the helper connects")
    : ok("HTTPS_PROXY is set and used for https; addresses of this computer go without");
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
  return { finding: changeableBy(file.path, process.platform), file, config };
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
      : `presents the device certificate ${hereOf(signIn.certificate)}`;
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

export function hereOf(file: { readonly path: string; readonly windowsPath: string }): string {
  return process.platform === "win32" ? file.windowsPath : file.path;
}
