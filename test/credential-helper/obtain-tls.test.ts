import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { obtain } from "../../credential-helper/obtain.ts";
import {
  type Authority,
  createAuthority,
  issueServerCertificate,
} from "../services/certificates.ts";
import { startHttpDouble } from "../services/http-double.ts";
import { closeServer, listen } from "../services/loopback.ts";
import { granted, helperConfigFor, tokenService } from "./exchange/configs.ts";
import { failureOf, surroundings } from "./sign-in/around.ts";
import { startHostileIssuer } from "./sign-in/hostile-issuer.ts";

const folder = mkdtempSync(join(tmpdir(), "cowork-obtain-tls-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string, mode = 0o600) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return { path, windowsPath: path };
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

let [servers, devices]: Authority[] = [];
let tls: Awaited<ReturnType<typeof issueServerCertificate>>;
beforeAll(async () => {
  servers = await createAuthority("Servers");
  devices = await createAuthority("Devices");
  tls = await issueServerCertificate(servers);
});

describe("an issuer and a service of the company's own authority", () => {
  it("are trusted with certificateAuthorities, and not without", async () => {
    const issuer = await startHostileIssuer({ tls });
    const service = await startHttpDouble({ tls, answer: [{ body: granted() }] });
    closers.push(issuer.close, () => service.close());
    const around = surroundings({
      context: "background",
      session: { refreshToken: "refresh-0", proofKey: undefined },
    });
    const config = helperConfigFor(issuer.issuer, tokenService(service.url));
    expect(await failureOf(obtain(config, around))).toBe(
      `unavailable: reading the issuer's metadata: ${new URL(issuer.issuer).host} shows a certificate that is not trusted here; add its authority to certificateAuthorities`,
    );
    expect([issuer.requests, service.requests]).toEqual([[], []]);

    const certificateAuthorities = file("ca.pem", servers!.certificatePem);
    expect(await obtain({ ...config, certificateAuthorities }, around)).toMatchObject({
      token: "bedrock-api-key-abc",
    });
    expect(around.session()?.refreshToken).toBe("refresh-1");
  });

  it.each([
    ["absent.pem", undefined, "cannot be read: install the bundle there, readable by everybody"],
    ["empty.pem", "", "holds no PEM certificate: install the company's authorities as PEM"],
  ])("needs a bundle that is there and is one: %s", async (name, text, why) => {
    const path = join(folder, name);
    const certificateAuthorities =
      text === undefined ? { path, windowsPath: path } : file(name, text);
    const config = helperConfigFor("https://login.example.com", tokenService("https://t.example"), {
      certificateAuthorities,
    });
    expect(await failureOf(obtain(config, surroundings()))).toBe(
      `configuration: certificateAuthorities: ${path} ${why}`,
    );
  });

  it("are not trusted when others can write the bundle", async () => {
    const certificateAuthorities = file("open.pem", servers!.certificatePem, 0o666);
    const config = helperConfigFor("https://login.example.com", tokenService("https://t.example"), {
      certificateAuthorities,
    });
    const { path } = certificateAuthorities;
    expect(await failureOf(obtain(config, surroundings()))).toBe(
      `configuration: certificateAuthorities: others can change ${path} (${path} can be written by its group or by everybody): install it as root, mode 0644`,
    );
  });
});

describe("a device certificate", () => {
  async function mutualTlsService() {
    const seen: { subject: unknown; authorization: unknown }[] = [];
    const server = createServer(
      { cert: tls.chainPem, key: tls.keyPem, ca: devices!.certificatePem, requestCert: true },
      (request, response) => {
        const subject = (request.socket as TLSSocket).getPeerCertificate().subject?.CN;
        seen.push({ subject, authorization: request.headers.authorization });
        response.setHeader("content-type", "application/json");
        request.resume().on("end", () => response.end(JSON.stringify(granted())));
      },
    );
    const url = `https://127.0.0.1:${await listen(server)}`;
    closers.push(() => closeServer(server));
    return { url, seen };
  }

  async function configOf(url: string, keyMode = 0o600) {
    const leaf = await devices!.issue({ subject: "CN=laptop-17", usages: ["clientAuth"] });
    return helperConfigFor("https://login.example.com", tokenService(url), {
      signIn: {
        kind: "device-certificate",
        certificate: file("device.pem", leaf.chainPem),
        privateKey: file("device.key", leaf.keyPem, keyMode),
      },
      certificateAuthorities: file("ca.pem", servers!.certificatePem),
    });
  }

  it("is all the service sees, in every context, and nothing is kept", async () => {
    const { url, seen } = await mutualTlsService();
    for (const context of ["interactive", "background"] as const) {
      const around = surroundings({ context, browse: async () => undefined });
      expect(await obtain(await configOf(url), around)).toMatchObject({
        token: "bedrock-api-key-abc",
      });
      expect([around.opened, around.written, around.told]).toEqual([[], [], []]);
    }
    expect(seen).toEqual(Array(2).fill({ subject: "laptop-17", authorization: undefined }));
  });

  it("is not sent while others can read its key", async () => {
    const { url, seen } = await mutualTlsService();
    expect(await failureOf(obtain(await configOf(url, 0o644), surroundings()))).toBe(
      `deviceCertificate: device certificate: the private key ${join(folder, "device.key")} can be read by others (mode 0644): chmod 600`,
    );
    expect(seen).toEqual([]);
  });

  it("is of no use without a token service", async () => {
    const config = {
      ...(await configOf("https://t.example")),
      exchange: { kind: "sign-in-token", tokenType: "id_token" } as const,
    };
    expect(await failureOf(obtain(config, surroundings()))).toBe(
      'configuration: signIn.kind "device-certificate" needs exchange.kind "token-service": "sign-in-token" takes a token',
    );
  });
});
