import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";

import { changeableBy } from "../../../credential-helper/doctor/local-steps.ts";
import {
  type DoctorReport,
  doctorReport,
  reportText,
} from "../../../credential-helper/doctor/report.ts";
import { createAuthority, issueServerCertificate } from "../../services/certificates.ts";
import { type Answer, type HttpDouble, startHttpDouble } from "../../services/http-double.ts";
import { startIdentityProvider } from "../../services/identity-provider.ts";
import { eachWithHelper } from "../support/built-once.ts";
import { exampleConfig } from "../support/helper-sandbox.ts";

const helper = eachWithHelper();
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function examined(): Promise<{ report: DoctorReport; code: number | null }> {
  const args = ["doctor", "--json", "--config", helper.sandbox.config];
  const { stdout, stderr, code } = await helper.sandbox.run({ args });
  expect(stderr).toBe("");
  const report = doctorReport.parse(JSON.parse(stdout));
  expect(helper.sandbox.attempts()).toEqual([]);
  return { report, code };
}

function finding({ steps }: DoctorReport, id: string) {
  const { status, found, fix } = steps.find((step) => step.id === id) ?? {};
  return fix === undefined ? [status, found] : [status, found, fix];
}

async function tokenService(answers: Readonly<Record<string, Answer>>): Promise<HttpDouble> {
  const double = await startHttpDouble({ answer: ({ path }) => answers[path] ?? { status: 404 } });
  ends.push(() => double.close());
  return double;
}

const alive = { "/healthz": { body: { status: "alive" } }, "/readyz": { body: {} } };
const metadata = "/.well-known/oauth-authorization-server";

describe("a computer that is set up well", () => {
  it("is healthy, step by step", async () => {
    const provider = await startIdentityProvider();
    ends.push(() => provider.close());
    const service = await tokenService({ ...alive, [metadata]: { body: { geography: "eu" } } });
    helper.sandbox.configure({
      signIn: { kind: "oidc", issuer: provider.issuer, clientId: "cowork-desktop" },
      exchange: { kind: "token-service", url: service.url },
    });
    const { report, code } = await examined();
    expect([report.healthy, code, report.next]).toEqual([true, 0, "nothing: start Claude Desktop"]);
    expect(report.steps.map(({ id }) => id)).toEqual([
      "program",
      "environment",
      "configuration",
      "plan",
      "secret-store",
      "cache",
      "session",
      "device-certificate",
      "issuer",
      "certificate",
      "clock",
      "token-service",
      "provider",
    ]);
    expect(finding(report, "configuration")).toEqual([
      "ok",
      process.getuid?.() === 0
        ? `${helper.sandbox.config} is valid and only an administrator can change it`
        : `${helper.sandbox.config} is valid; this account can change it, which --config allows`,
    ]);
    expect(finding(report, "plan")).toEqual([
      "ok",
      `signs people in at ${provider.issuer} as cowork-desktop, asks ${service.url}; for bedrock, route frankfurt of geography eu, kept 900 s by Claude Desktop`,
    ]);
    expect(finding(report, "secret-store")).toEqual([
      "warning",
      `this session has no secret store: files in ${helper.sandbox.cache}, readable by the user alone, are not sealed`,
      "start a Secret Service such as gnome-keyring in the session, or accept it: docs/credential-helper.md",
    ]);
    expect(finding(report, "issuer")).toEqual([
      "ok",
      `${provider.issuer} answers and names itself as configured`,
    ]);
    expect(finding(report, "clock")).toEqual([
      "ok",
      "this computer's clock is within 30 s of the server's",
    ]);
    expect(finding(report, "token-service")).toEqual([
      "ok",
      `${service.url} is ready and serves geography eu`,
    ]);
  });

  it("tells how long what is kept serves, and nothing of it", async () => {
    helper.sandbox.plan({
      session: { refreshToken: "refresh-secret", proofKey: undefined },
      outcome: { kind: "credential", token: "tok-secret", livesSeconds: 3600 },
    });
    await helper.sandbox.run();
    const args = ["doctor", "--config", helper.sandbox.config];
    const { stdout, stderr } = await helper.sandbox.run({ args });
    expect(stdout + stderr).not.toMatch(/tok-secret|refresh-secret/);
    expect(stdout).toMatch(/^ok {7}cache {15}a credential is kept and serves 3[56]\d\d s more$/m);
    expect(stdout).toContain(
      "somebody is signed in: runs in the background renew without a person",
    );
  });
});

describe("a computer that is not", () => {
  it("is told that its token service serves another geography", async () => {
    const service = await tokenService({ ...alive, [metadata]: { body: { geography: "us" } } });
    helper.sandbox.configure({ exchange: { kind: "token-service", url: service.url } });
    const { report, code } = await examined();
    expect([report.healthy, code]).toEqual([false, 1]);
    expect(finding(report, "token-service")).toEqual([
      "failed",
      `${service.url} serves geography us, and this computer is set up for eu`,
      "install the profile set and the helper's configuration of one and the same geography",
    ]);
  });

  it("is told that its token service is not ready, or is none", async () => {
    const service = await tokenService({ "/healthz": { body: {} }, "/readyz": { status: 503 } });
    helper.sandbox.configure({ exchange: { kind: "token-service", url: service.url } });
    expect(finding((await examined()).report, "token-service")).toEqual([
      "warning",
      `${service.url} is alive but not ready`,
      "ask who runs the token service",
    ]);
    service.answerWith([{ status: 404 }]);
    expect(finding((await examined()).report, "token-service")).toEqual([
      "failed",
      `${service.url} answers HTTP 404`,
      "ask who runs the token service",
    ]);
  });

  it("is told that the issuer has another name, and that its own clock is wrong", async () => {
    const issuer = await startHttpDouble({
      answer: [
        {
          headers: { date: "Sat, 21 Nov 2020 12:00:00 GMT" },
          body: { issuer: "https://login.example.com/other" },
        },
      ],
    });
    ends.push(() => issuer.close());
    helper.sandbox.configure({ signIn: { ...exampleConfig.signIn, issuer: issuer.url } });
    const { report } = await examined();
    expect(finding(report, "issuer")).toEqual([
      "failed",
      `signIn.issuer: the metadata of ${issuer.url} names another issuer`,
      "write the one its ID tokens carry as iss",
    ]);
    const [status, found, fix] = finding(report, "clock");
    expect([status, fix]).toEqual([
      "warning",
      "turn on network time: tokens are refused when clocks differ",
    ]);
    expect(found).toMatch(/^this computer's clock is \d+ s ahead of the server's$/);
  });

  it("is told who vouches for a server, and that nobody trusted does", async () => {
    const authority = await createAuthority("Example Authority");
    const issuer = await startHttpDouble({
      answer: [{ status: 503 }],
      tls: await issueServerCertificate(authority),
    });
    ends.push(() => issuer.close());
    const signIn = { ...exampleConfig.signIn, issuer: issuer.url };
    helper.sandbox.configure({ signIn });
    const distrusted = (await examined()).report;
    expect(finding(distrusted, "issuer")[0]).toBe("failed");
    expect(finding(distrusted, "certificate")[1]).toMatch(
      /^127\.0\.0\.1 cannot be asked for its certificate directly \((UNABLE_TO|SELF_SIGNED)\w+\)$/,
    );
    const path = join(helper.sandbox.folder, "authority.pem");
    writeFileSync(path, authority.certificatePem);
    helper.sandbox.configure({
      signIn,
      certificateAuthorities: { path, windowsPath: "C:\\authority.pem" },
    });
    const trusted = (await examined()).report;
    expect(finding(trusted, "issuer")).toEqual([
      "failed",
      `reading the issuer's metadata: ${new URL(issuer.url).host} answered HTTP 503`,
      "let this computer reach it (DNS, firewall, proxy), and put a company's own authority into certificateAuthorities",
    ]);
    expect(finding(trusted, "certificate")).toEqual([
      "warning",
      "127.0.0.1 shows a certificate of Example Authority, valid for 0 days",
      "have it renewed",
    ]);
  });

  it("is told what is wrong with its configuration, and everything else is looked at", async () => {
    helper.sandbox.configure({ geography: "EU" });
    const { report, code } = await examined();
    expect(code).toBe(1);
    expect(finding(report, "configuration")).toEqual([
      "failed",
      `${helper.sandbox.config}: geography: Invalid string: must match pattern /^[a-z][a-z0-9-]{0,39}$/`,
      "install the file of the profile set unchanged",
    ]);
    expect(finding(report, "plan")).toEqual(["skipped", "needs a valid configuration"]);
    expect(report.next).toBe("configuration: install the file of the profile set unchanged");
  });

  it("is told that its device certificate is missing", async () => {
    const file = (name: string) => ({ path: `/nowhere/${name}`, windowsPath: `C:\\${name}` });
    helper.sandbox.configure({
      signIn: { kind: "device-certificate", certificate: file("c.pem"), privateKey: file("k.pem") },
      exchange: { kind: "token-service", url: "https://127.0.0.1:1" },
    });
    const { report } = await examined();
    expect(finding(report, "device-certificate")[0]).toBe("failed");
    expect(finding(report, "token-service")).toEqual([
      "failed",
      "127.0.0.1:1 refused the connection",
      "let this computer reach it (DNS, firewall, proxy), and put a company's own authority into certificateAuthorities",
    ]);
  });
});

describe("who can change the configuration", () => {
  it("is tried on Windows, without changing it", () => {
    const { config } = helper.sandbox;
    const before = readFileSync(config, "utf8");
    expect(changeableBy(config, "win32")).toEqual({
      status: "warning",
      found: `${config} is valid, and this account can change it`,
      fix: "fine for an administrator; otherwise install it where only administrators write",
    });
    expect(readFileSync(config, "utf8")).toBe(before);
    // A folder stands in for what cannot be opened to be written: root may write every file.
    expect(changeableBy(helper.sandbox.folder, "win32")).toEqual({
      status: "ok",
      found: `${helper.sandbox.folder} is valid and this account cannot change it`,
    });
  });
});

describe("the report for people", () => {
  it("has a line a step, what to do below it, and what comes next", () => {
    const text = reportText({
      doctorReportVersion: 1,
      version: "1.2.3",
      platform: "linux x64",
      healthy: false,
      steps: [
        { id: "program", status: "ok", found: "fine" },
        { id: "issuer", status: "failed", found: "silent", fix: "wake it" },
        { id: "clock", status: "skipped", found: "nobody was asked" },
      ],
      next: "issuer: wake it",
    });
    expect(text).toBe(
      [
        "cowork-credential-helper 1.2.3 on linux x64",
        "",
        "ok       program             fine",
        "FAILED   issuer              silent",
        "                             do: wake it",
        "-        clock               nobody was asked",
        "",
        "next: issuer: wake it",
        "",
      ].join("\n"),
    );
  });
});
