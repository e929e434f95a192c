import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { tlsFetch } from "../../../credential-helper/sign-in/mutual-tls-fetch.ts";
import { createAuthority, issueServerCertificate } from "../../services/certificates.ts";
import { closeServer, freePort, listen } from "../../services/loopback.ts";

const folder = mkdtempSync(join(tmpdir(), "cowork-tls-"));
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const runtimes = {
  node: process.execPath,
  bun: fileURLToPath(new URL("../../../node_modules/.bin/bun", import.meta.url)),
};
const script = fileURLToPath(new URL("mutual-tls-run.ts", import.meta.url));

let url = "";
let untrustedUrl = "";
let paths: Record<
  "ca" | "strangers" | "certificate" | "key" | "strangerCertificate" | "strangerKey",
  string
>;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const [root, devices, strangers] = [
    await createAuthority("Servers"),
    await createAuthority("Devices"),
    await createAuthority("Strangers"),
  ];
  const tls = await issueServerCertificate(root);
  const device = await devices.issue({ subject: "CN=laptop-17", usages: ["clientAuth"] });
  const stranger = await strangers.issue({ subject: "CN=laptop-17", usages: ["clientAuth"] });
  paths = {
    ca: file("ca.pem", root.certificatePem),
    strangers: file("strangers.pem", strangers.certificatePem),
    certificate: file("device.pem", device.chainPem),
    key: file("device.key", device.keyPem),
    strangerCertificate: file("stranger.pem", stranger.chainPem),
    strangerKey: file("stranger.key", stranger.keyPem),
  };
  const server = createServer(
    {
      cert: tls.chainPem,
      key: tls.keyPem,
      ca: devices.certificatePem,
      requestCert: true,
      rejectUnauthorized: true,
    },
    (request, response) => {
      const subject = (request.socket as TLSSocket).getPeerCertificate().subject?.CN;
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        if (request.url === "/redirect")
          response.writeHead(302, { location: "https://evil.example/" });
        if (request.url === "/long") response.write("x".repeat(300_000));
        response.end(`${request.method} ${body} ${request.headers["x-sent"]} from ${subject}`);
      });
    },
  );
  const plain = createServer({ cert: tls.chainPem, key: tls.keyPem }, (_, response) => {
    response.end("hello");
  });
  url = `https://127.0.0.1:${await listen(server)}`;
  untrustedUrl = `https://127.0.0.1:${await listen(plain)}`;
  closers.push(
    () => closeServer(server),
    () => closeServer(plain),
  );
});
afterAll(async () => {
  for (const close of closers) await close();
  rmSync(folder, { recursive: true });
});

async function run(runtime: keyof typeof runtimes, ...parameters: string[]): Promise<unknown> {
  return runWith({}, runtime, ...parameters);
}

async function runWith(
  environment: Record<string, string>,
  runtime: keyof typeof runtimes,
  ...parameters: string[]
): Promise<unknown> {
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)(runtimes[runtime], [script, ...parameters], { env });
  return JSON.parse(stdout);
}

describe.each(["node", "bun"] as const)(
  "under %s, a request with the company's authorities",
  (runtime) => {
    it("shows the device certificate to a server that requires one", async () => {
      expect(await run(runtime, url, paths.ca, paths.certificate, paths.key)).toEqual({
        status: 200,
        text: "POST hello yes from laptop-17",
        location: null,
      });
    });

    it("is refused without the certificate", async () => {
      expect(await run(runtime, url, paths.ca)).toEqual({
        error: `${new URL(url).host} ended the TLS handshake; it may want a client certificate it accepts`,
      });
    });

    it("is refused with a certificate of another authority", async () => {
      expect(
        await run(runtime, url, paths.ca, paths.strangerCertificate, paths.strangerKey),
      ).toEqual({
        error: `${new URL(url).host} closed the connection`,
      });
    });

    it("is not sent to a server nobody vouches for", async () => {
      expect(await run(runtime, untrustedUrl)).toEqual({
        error: `${new URL(untrustedUrl).host} shows a certificate that is not trusted here; add its authority to certificateAuthorities`,
      });
    });

    it("still trusts the system's authorities when a bundle is added", async () => {
      // OpenSSL's own variable for where the system's list is.
      const system = { SSL_CERT_FILE: paths.ca, SSL_CERT_DIR: folder };
      const client = [paths.strangers, paths.certificate, paths.key];
      expect(await runWith(system, runtime, url, ...client)).toMatchObject({ status: 200 });
      expect(await run(runtime, url, ...client)).toEqual({
        error: `${new URL(url).host} shows a certificate that is not trusted here; add its authority to certificateAuthorities`,
      });
    });

    it("gets a redirect handed back, and too long an answer cut", async () => {
      const client = [paths.ca, paths.certificate, paths.key];
      expect(await run(runtime, `${url}/redirect`, ...client)).toMatchObject({
        status: 302,
        location: "https://evil.example/",
      });
      expect(await run(runtime, `${url}/long`, ...client)).toEqual({
        error: `${new URL(url).host} answered with more than 262144 bytes`,
      });
    });

    it("says that nobody listens", async () => {
      const port = await freePort();
      expect(await run(runtime, `https://127.0.0.1:${port}`, paths.ca)).toEqual({
        error: `127.0.0.1:${port} refused the connection`,
      });
    });
  },
);

it("ends with its signal", async () => {
  const silent = createServer({}, () => undefined);
  const port = await listen(silent);
  closers.push(() => closeServer(silent));
  const asked = tlsFetch({})(`https://127.0.0.1:${port}`, { signal: AbortSignal.timeout(300) });
  await expect(asked).rejects.toThrow();
});
