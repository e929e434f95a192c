import { chmodSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";

import { doctorReport, stepIds } from "../../../credential-helper/doctor/report.ts";
import { createAuthority, issueServerCertificate } from "../../services/certificates.ts";
import { closeServer, listen } from "../../services/loopback.ts";
import { startHostileIssuer, type Twist } from "../sign-in/hostile-issuer.ts";
import { eachWithHelper } from "../support/built-once.ts";
import { exampleConfig } from "../support/helper-sandbox.ts";

const helper = eachWithHelper();
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** What `doctor --json` says about some of its steps. All of them have to be there, whatever fails. */
async function found(environment: Readonly<Record<string, string>> = {}) {
  const args = ["doctor", "--json", "--config", helper.sandbox.config];
  const { stdout } = await helper.sandbox.run({ args, environment });
  const { steps } = doctorReport.parse(JSON.parse(stdout));
  expect(steps.map(({ id }) => id)).toEqual(stepIds);
  return Object.fromEntries(
    steps.map(({ id, status, found, fix }) => [
      id,
      fix === undefined ? [status, found] : [status, found, fix],
    ]),
  );
}

const oidc = (issuer: string) => ({ ...exampleConfig.signIn, issuer });

describe("authorities of the company that cannot be used", () => {
  it("are named, and nobody is asked without them", async () => {
    const path = join(helper.sandbox.folder, "ca.pem");
    const certificateAuthorities = { path, windowsPath: "C:\\ca.pem" };
    helper.sandbox.configure({ signIn: oidc("https://127.0.0.1:1"), certificateAuthorities });
    const missing = await found();
    expect(missing.configuration).toEqual([
      "failed",
      `certificateAuthorities: ${path} cannot be read`,
      "install the bundle there, readable by everybody",
    ]);
    for (const id of ["issuer", "token-service"])
      expect(missing[id]).toEqual(["skipped", "needs a valid configuration"]);

    writeFileSync(path, (await createAuthority()).certificatePem);
    chmodSync(path, 0o666);
    expect((await found()).configuration).toEqual([
      "failed",
      `certificateAuthorities: others can change ${path} (${path} can be written by its group or by everybody)`,
      "install it as root, mode 0644",
    ]);
  });
});

describe("an issuer whose metadata no run would take", () => {
  const cases: readonly (readonly [string, Twist["metadata"], string])[] = [
    [
      "a token endpoint over plain http elsewhere",
      (metadata) => ({ ...metadata, token_endpoint: "http://elsewhere.example/token" }),
      "publishes metadata whose token_endpoint is no https address",
    ],
    ["no keys", ({ jwks_uri: _, ...metadata }) => metadata, "publishes metadata without jwks_uri"],
  ];
  it.each(cases)("is not called sound: %s", async (_, twist, problem) => {
    const issuer = await startHostileIssuer(twist === undefined ? {} : { metadata: twist });
    ends.push(issuer.close);
    helper.sandbox.configure({ signIn: oidc(issuer.issuer) });
    const { host } = new URL(issuer.issuer);
    expect((await found()).issuer).toEqual([
      "failed",
      `the issuer ${host} ${problem}`,
      "ask who runs the issuer",
    ]);
  });

  it("is sound with a slash behind its host, which a run takes too", async () => {
    const metadata: Twist["metadata"] = (all, issuer) => ({ ...all, issuer: `${issuer}/` });
    const issuer = await startHostileIssuer({ metadata });
    ends.push(issuer.close);
    helper.sandbox.configure({ signIn: oidc(issuer.issuer) });
    expect((await found()).issuer).toEqual([
      "ok",
      `${issuer.issuer} answers and names itself as configured`,
    ]);
  });
});

describe("an authority that only the environment names", () => {
  it("is not trusted by doctor either, so that it finds what a run would", async () => {
    const authority = await createAuthority();
    const issuer = await startHostileIssuer({ tls: await issueServerCertificate(authority) });
    ends.push(issuer.close);
    const path = join(helper.sandbox.folder, "ca.pem");
    writeFileSync(path, authority.certificatePem);
    helper.sandbox.configure({ signIn: oidc(issuer.issuer) });
    for (const name of ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"])
      expect((await found({ [name]: path })).issuer).toEqual([
        "failed",
        `reading the issuer's metadata: ${new URL(issuer.issuer).host} shows a certificate that is not trusted here`,
        "add its authority to certificateAuthorities",
      ]);
  });
});

describe("a token service that wants the device's certificate for everything", () => {
  it("is shown it, as by a run", async () => {
    const authority = await createAuthority();
    const { chainPem, keyPem } = await issueServerCertificate(authority);
    const service = createTlsServer(
      { cert: chainPem, key: keyPem, ca: authority.certificatePem, requestCert: true },
      (request, response) => response.writeHead(request.url === "/healthz" ? 200 : 404).end(),
    );
    const url = `https://127.0.0.1:${await listen(service)}`;
    ends.push(() => closeServer(service));
    const device = await authority.issue({ subject: "CN=laptop-17", usages: ["clientAuth"] });
    const file = (name: string, text: string) => {
      const path = join(helper.sandbox.folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return { path, windowsPath: "C:\\file" };
    };
    helper.sandbox.configure({
      signIn: {
        kind: "device-certificate",
        certificate: file("device.pem", device.chainPem),
        privateKey: file("device.key", device.keyPem),
      },
      exchange: { kind: "token-service", url },
      certificateAuthorities: file("ca.pem", authority.certificatePem),
    });
    const steps = await found();
    expect(steps["device-certificate"]?.[0]).toBe("ok");
    expect(steps["token-service"]).toEqual([
      "warning",
      `${url} is alive but not ready`,
      "ask who runs the token service",
    ]);
  });
});

describe("an answer that never ends", () => {
  it("is read up to 256 KiB", async () => {
    const part = Buffer.alloc(65_536, " ");
    const endless = createServer((_, response) => {
      const more = () => {
        while (response.write(part));
        response.once("drain", more);
      };
      more();
    });
    const host = `127.0.0.1:${await listen(endless)}`;
    ends.push(() => closeServer(endless));
    helper.sandbox.configure({
      signIn: oidc(`http://${host}`),
      exchange: { kind: "token-service", url: `http://${host}` },
    });
    const steps = await found();
    expect(steps.issuer?.[1]).toBe(
      `reading the issuer's metadata: ${host} answered with more than 262144 bytes`,
    );
    expect(steps["token-service"]?.[1]).toBe(`${host} answered with more than 262144 bytes`);
  });
});

describe("a proxy in the environment", () => {
  it("is used as a run uses it, and not where a run goes without", async () => {
    const asked: string[] = [];
    const proxy = createServer().on("connect", ({ url }, socket) => {
      asked.push(url ?? "");
      socket.on("error", () => undefined);
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    const environment = { HTTPS_PROXY: `http://127.0.0.1:${await listen(proxy)}` };
    ends.push(() => closeServer(proxy));
    helper.sandbox.configure({ signIn: oidc("https://login.corp.invalid") });
    expect((await found(environment)).environment).toEqual([
      "ok",
      "HTTPS_PROXY is set and used for https; addresses of this computer go without",
    ]);
    expect(asked).toContain("login.corp.invalid:443");

    asked.length = 0;
    const path = join(helper.sandbox.folder, "ca.pem");
    writeFileSync(path, (await createAuthority()).certificatePem);
    helper.sandbox.configure({
      signIn: oidc("https://login.corp.invalid"),
      certificateAuthorities: { path, windowsPath: "C:\\ca.pem" },
    });
    expect((await found(environment)).environment).toEqual([
      "warning",
      "HTTPS_PROXY is set and not used: with certificateAuthorities or a device certificate the helper connects directly",
      "let this computer reach issuer and service directly, or put the company's authority into the system's store and leave certificateAuthorities out",
    ]);
    expect(asked).toEqual([]);
  });
});
