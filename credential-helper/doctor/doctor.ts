import type { HelperConfig } from "../../contract/helper-config.ts";
import type { HelperArguments } from "../arguments.ts";
import { cacheFolder } from "../cache-folder.ts";
import { companyAuthorities } from "../company-authorities.ts";
import { storeLimitMs } from "../deadline.ts";
import { exitCodes } from "../failure.ts";
import { hardenNetwork } from "../harden.ts";
import { authorities, systemFetch } from "../network.ts";
import { guardStandardOutput, writeOut } from "../output.ts";
import { pathHere } from "../path-here.ts";
import { configSource } from "../read-config.ts";
import { systemVault } from "../secret-store/key-vault.ts";
import type { StoreSurroundings } from "../secret-store/read-record.ts";
import { tlsFetch } from "../sign-in/mutual-tls-fetch.ts";
import { version } from "../version.ts";
import {
  type ConfigLook,
  connectsDirectly,
  environmentStep,
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
  let asking: Asking | undefined;
  const configuration = await step("configuration", async () => {
    look = lookAtConfig(configSource(configPath));
    if (look.config !== undefined) asking = await askingFor(look.config);
    return look.finding;
  });
  const { config, file } = look ?? { config: undefined, file: undefined };
  const steps: DoctorStep[] = [
    await step("program", () => programStep(process.execPath)),
    await step("environment", () => environmentStep(environment, config)),
    configuration,
    await step("plan", () => planStep(config)),
  ];

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
  steps.push(...(await networkSteps(config, asking)));

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

/** @param asking absent where the configuration, or the authorities it names, cannot be used: nobody is asked. */
async function networkSteps(
  config: HelperConfig | undefined,
  asking: Asking | undefined,
): Promise<DoctorStep[]> {
  const usable = asking === undefined ? undefined : config;
  const around = asking ?? { fetch: systemFetch(), authorities: [], now: Date.now };
  let clock: Finding = skipped("nobody was asked");
  const issuer = await step("issuer", async () => {
    const found = await issuerStep(usable, around);
    clock = found.clock;
    return found.finding;
  });
  return [
    issuer,
    await step("certificate", () => certificateStep(usable, around)),
    await step("clock", () => clock),
    await step("token-service", () => tokenServiceStep(usable, around)),
    await step("provider", () => providerStep(usable, around)),
  ];
}

/** The ways on which a run would ask: by a proxy only where a run does, and with the device certificate if there is one. */
async function askingFor(config: HelperConfig): Promise<Asking> {
  const pem = await companyAuthorities(config);
  const clientCertificate = await loadedCertificate(config).catch(() => undefined);
  const direct = {
    ...(pem === undefined ? {} : { certificateAuthoritiesPem: pem }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
  };
  return {
    fetch: connectsDirectly(config) ? tlsFetch(direct) : systemFetch(),
    authorities: [...authorities(), ...(pem === undefined ? [] : [pem])],
    now: Date.now,
  };
}

async function deviceCertificateStep(config: HelperConfig | undefined): Promise<Finding> {
  if (config === undefined) return skipped("needs a valid configuration");
  if (config.signIn.kind !== "device-certificate") return skipped("people sign in");
  await loadedCertificate(config);
  return ok(`${pathHere(config.signIn.certificate)} and its key can be used`);
}

/** @throws HelperFailure `deviceCertificate` */
async function loadedCertificate({ signIn }: HelperConfig) {
  if (signIn.kind !== "device-certificate") return undefined;
  const { loadDeviceCertificate } = await import("../sign-in/device-certificate.ts");
  const certificate = pathHere(signIn.certificate);
  const privateKey = pathHere(signIn.privateKey);
  return loadDeviceCertificate({ certificate, privateKey }, Date.now());
}
