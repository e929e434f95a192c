import { readFile } from "node:fs/promises";

import type { HelperConfig } from "../contract/helper-config.ts";
import { HelperFailure } from "./failure.ts";
import { pathHere } from "./path-here.ts";
import { pathTrust } from "./trusted-path.ts";

/**
 * The bundle of `certificateAuthorities`, or undefined without one. Whoever writes it decides which servers get the
 * person's tokens, so it may be root's and the person's own, and nobody else's. Windows keeps that in access lists,
 * which are not read.
 *
 * @throws HelperFailure `configuration`: missing, unreadable, no PEM, or open to others.
 */
export async function companyAuthorities({
  certificateAuthorities,
}: Pick<HelperConfig, "certificateAuthorities">): Promise<string | undefined> {
  if (certificateAuthorities === undefined) return undefined;
  const isWindows = process.platform === "win32";
  const path = pathHere(certificateAuthorities);
  let pem: string;
  let problems: readonly string[];
  try {
    pem = await readFile(path, "utf8");
    problems = isWindows ? [] : pathTrust(path, [0, process.getuid?.() ?? 0]).problems;
  } catch {
    throw problem(`${path} cannot be read: install the bundle there, readable by everybody`);
  }
  if (problems.length > 0)
    throw problem(
      `others can change ${path} (${problems.join("; ")}): install it as root, mode 0644`,
    );
  if (pem.includes("-----BEGIN CERTIFICATE-----")) return pem;
  throw problem(`${path} holds no PEM certificate: install the company's authorities as PEM`);
}

function problem(what: string): HelperFailure {
  return new HelperFailure("configuration", `certificateAuthorities: ${what}`);
}
