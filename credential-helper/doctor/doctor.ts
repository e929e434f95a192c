import { readFileSync } from "node:fs";

import type { HelperConfig } from "../../contract/helper-config.ts";
import type { HelperArguments } from "../arguments.ts";
import { cacheFolder } from "../cache-folder.ts";
import { storeLimitMs } from "../deadline.ts";
import { exitCodes } from "../failure.ts";
import { hardenNetwork } from "../harden.ts";
import { authorities } from "../network.ts";
import { guardStandardOutput, writeOut } from "../output.ts";
import { configSource } from "../read-config.ts";
import { systemVault } from "../secret-store/key-vault.ts";
import type { StoreSurroundings } from "../secret-store/read-record.ts";
import { tlsFetch } from "../sign-in/mutual-tls-fetch.ts";
import { version } from "../version.ts";
import {
  type ConfigLook,
  environmentStep,
  hereOf,
  lookAtConfig,
  planStep,
  programStep,
} from "./local-steps.ts";
import {
  type Asking,
  certificateStep,
  issuerStep,
  providerStep,
  tokenServiceStep,
} from "./network-steps.ts";
import { type DoctorReport, type DoctorStep, reportText } from "./report.ts";
import { type Finding, ok, skipped, step } from "./step.ts";
import { cacheStep, secretStoreStep, sessionStep } from "./store-steps.ts";

/**
 * Looks at everything a run depends on and says what it found, what to do, and what comes next. Signs nobody in
 * and shows no secret.
 *
 * @returns the exit code: 0 when nothing failed.
 */
export async function doctor(
  { json, configPath }: HelperArguments,
  environment: Record<string, string | undefined>,
): Promise<number> {
  guardStandardOutput();
  hardenNetwork(environment);
  const report = await examined(configPath, environment);
  const text = json ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report);
  if (!writeOut(text)) return exitCodes.internal;
  return report.healthy ? exitCodes.ok : exitCodes.internal;
}

async function examined(
  configPath: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<DoctorReport> {
  let look: ConfigLook | undefined;
  const steps: DoctorStep[] = [
    await step("program", () => programStep(process.execPath)),
    await step("environment", () => environmentStep(environment)),
    await step("configuration", () => {
      look = lookAtConfig(configSource(configPath));
      return look.finding;
    }),
  ];
  const { config, file } = look ?? { config: undefined, file: undefined };
  steps.push(await step("plan", () => planStep(config)));

  const limitMs = storeLimitMs("interactive");
  const around = (): StoreSurroundings => ({
    folder: cacheFolder(process.platform, environment),
    platform: process.platform,
    vault: systemVault(limitMs),
    mayAsk: false,
  });
  const trial = systemVault(limitMs, `doctor-${process.pid}`);
  steps.push(
    await step("secret-store", () => secretStoreStep(around(), trial)),
    await step("cache", () => cacheStep(around(), file, Date.now())),
    await step("session", () => sessionStep(around(), config)),
    await step("device-certificate", () => deviceCertificateStep(config)),
  );
  steps.push(...(await networkSteps(config)));

  const first = steps.find(({ status }) => status === "failed");
  return {
    doctorReportVersion: 1,
    version,
    platform: `${process.platform} ${process.arch}`,
    healthy: first === undefined,
    steps,
    next:
      first === undefined
        ? "nothing: start Claude Desktop"
        : `${first.id}: ${first.fix ?? first.found}`,
  };
}

async function networkSteps(config: HelperConfig | undefined): Promise<DoctorStep[]> {
  let asking: Asking | undefined;
  let clock: Finding = skipped("nobody was asked");
  const issuer = await step("issuer", async () => {
    asking = askingFor(config);
    const found = await issuerStep(config, asking);
    clock = found.clock;
    return found.finding;
  });
  if (asking === undefined) return [issuer];
  const reached = asking;
  return [
    issuer,
    await step("certificate", () => certificateStep(config, reached)),
    await step("clock", () => clock),
    await step("token-service", () => tokenServiceStep(config, reached)),
    await step("provider", () => providerStep(config, reached)),
  ];
}

function askingFor(config: HelperConfig | undefined): Asking {
  const extra = config?.certificateAuthorities;
  const pem = extra === undefined ? [] : [readFileSync(hereOf(extra), "utf8")];
  const trusted = [...authorities(), ...pem];
  return {
    fetch: tlsFetch({ certificateAuthoritiesPem: trusted.join("\n") }),
    authorities: trusted,
    now: Date.now,
  };
}

async function deviceCertificateStep(config: HelperConfig | undefined): Promise<Finding> {
  if (config === undefined) return skipped("needs a valid configuration");
  if (config.signIn.kind !== "device-certificate") return skipped("people sign in");
  const { loadDeviceCertificate } = await import("../sign-in/device-certificate.ts");
  const certificate = hereOf(config.signIn.certificate);
  const privateKey = hereOf(config.signIn.privateKey);
  await loadDeviceCertificate({ certificate, privateKey }, Date.now());
  return ok(`${certificate} and its key can be used`);
}
