import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createAuthority, issueServerCertificate } from "../services/certificates.ts";
import { type HttpDouble, startHttpDouble } from "../services/http-double.ts";
import { eachWithHelper } from "./support/built-once.ts";

const helper = eachWithHelper();
const aToken = { outcome: { kind: "credential", token: "tok-1", livesSeconds: 3600 } } as const;

let server: HttpDouble;
let authorityPem: string;
beforeAll(async () => {
  const authority = await createAuthority();
  authorityPem = authority.certificatePem;
  server = await startHttpDouble({
    answer: [{ status: 204 }],
    tls: await issueServerCertificate(authority),
  });
});
afterAll(() => server.close());

const refused = /^(UNABLE_TO|SELF_SIGNED)\w+ (UNABLE_TO|SELF_SIGNED)\w+$/;

/** What the helper's own fetch met. */
async function fetched(environment: Readonly<Record<string, string>>, fetches = server.url) {
  helper.sandbox.plan({ ...aToken, fetches });
  rmSync(join(helper.sandbox.cache, "credential"), { force: true });
  const { stderr, stdout } = await helper.sandbox.run({ environment });
  expect(stdout).toBe("tok-1");
  expect(stderr).not.toContain("sent-secret");
  return /fetched: (.*)/.exec(stderr)?.[1];
}

describe("a server nobody trusts", () => {
  it("is refused", async () => {
    expect(await fetched({})).toMatch(refused);
  });

  it("is refused when the environment switches the checks off", async () => {
    const environment = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    expect(await fetched(environment)).toMatch(refused);
  });

  it("is refused when the environment adds its authority", async () => {
    const path = join(helper.sandbox.folder, "authority.pem");
    writeFileSync(path, authorityPem);
    for (const name of ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"])
      expect(await fetched({ [name]: path })).toMatch(refused);
    expect(server.requests).toEqual([]);
  });
});

describe("a proxy in the environment", () => {
  it("is not used for this computer's own addresses, nor for plain http", async () => {
    const local = await startHttpDouble({ answer: [{ status: 204 }] });
    const proxy = await startHttpDouble({ answer: [{ status: 418 }] });
    const names = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"];
    const environment = Object.fromEntries(names.map((name) => [name, proxy.url]));
    expect(await fetched(environment, local.url)).toBe("204 204");
    expect(await fetched(environment)).toMatch(refused);
    expect(proxy.requests).toEqual([]);
    await Promise.all([local.close(), proxy.close()]);
  });
});

describe("options of the runtime", () => {
  it("end the run when they come by BUN_OPTIONS and the runtime took them", async () => {
    helper.sandbox.plan(aToken);
    const environment = { BUN_OPTIONS: "--smol" };
    const { code, stdout, stderr } = await helper.sandbox.run({ environment });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      "cowork-credential-helper: usage: BUN_OPTIONS may load other code: remove it from the environment the helper is started in (exit 2)\n",
    );
  });

  it("do not print what is sent when they come by BUN_CONFIG_VERBOSE_FETCH", async () => {
    const local = await startHttpDouble({ answer: [{ status: 204 }] });
    expect(await fetched({ BUN_CONFIG_VERBOSE_FETCH: "curl" }, local.url)).toBe("204 204");
    expect(local.requests[0]?.headers.authorization).toBe("Bearer sent-secret");
    await local.close();
  });

  it("do nothing when they come by NODE_OPTIONS", async () => {
    const evil = join(helper.sandbox.folder, "evil.js");
    const trace = join(helper.sandbox.folder, "trace");
    writeFileSync(evil, `require("node:fs").writeFileSync(${JSON.stringify(trace)}, "ran")`);
    helper.sandbox.plan(aToken);
    const environment = { NODE_OPTIONS: `--require ${evil}` };
    expect((await helper.sandbox.run({ environment })).stdout).toBe("tok-1");
    expect(existsSync(trace)).toBe(false);
  });
});

describe("the environment after the start", () => {
  it("holds no setting of a cloud's SDK that could send tokens elsewhere", async () => {
    const { hardenNetwork } = await import("../../credential-helper/harden.ts");
    const environment: Record<string, string | undefined> = {
      AWS_ENDPOINT_URL_STS: "https://evil.example",
      AWS_PROFILE: "x",
      GOOGLE_APPLICATION_CREDENTIALS: "x",
      AZURE_AUTHORITY_HOST: "x",
      NODE_TLS_REJECT_UNAUTHORIZED: "0",
      HTTP_PROXY: "http://evil.example",
      HTTPS_PROXY: "http://proxy.example:3128",
      no_proxy: "intern.example",
      HOME: "/home/a",
    };
    hardenNetwork(environment);
    expect(environment).toEqual({
      HTTPS_PROXY: "http://proxy.example:3128",
      NO_PROXY: "intern.example,127.0.0.1,localhost,::1",
      HOME: "/home/a",
    });
  });

  it("is without them however they are spelled, so that Windows does not start the program for ever", async () => {
    const { hardenNetwork, needsRestart } = await import("../../credential-helper/harden.ts");
    for (const name of [
      "NODE_TLS_REJECT_UNAUTHORIZED",
      "NODE_EXTRA_CA_CERTS",
      "SSL_CERT_FILE",
      "SSL_CERT_DIR",
      "BUN_INSPECT",
      "BUN_CONFIG_VERBOSE_FETCH",
    ])
      for (const spelled of [
        name,
        name.toLowerCase(),
        `${name[0]}${name.slice(1).toLowerCase()}`,
      ]) {
        const environment = asOnWindows({ [spelled]: "1", PATH: "C:\\Windows" });
        expect(needsRestart(environment)).toBe(true);
        hardenNetwork(environment);
        expect(needsRestart(environment)).toBe(false);
        expect(Object.keys(environment)).toEqual(["PATH", "NO_PROXY"]);
      }
    const others: Record<string, string | undefined> = {
      http_proxy: "http://evil.example",
      All_Proxy: "x",
      aws_endpoint_url: "x",
    };
    hardenNetwork(others);
    expect(others).toEqual({ NO_PROXY: "127.0.0.1,localhost,::1" });
  });
});

/** Names keep their spelling and are found by any. */
function asOnWindows(values: Record<string, string>): Record<string, string | undefined> {
  const named = (target: object, name: string | symbol) =>
    Object.keys(target).find((key) => key.toLowerCase() === String(name).toLowerCase()) ?? name;
  return new Proxy(values, {
    get: (target, name) => Reflect.get(target, named(target, name)),
    set: (target, name, value) => Reflect.set(target, named(target, name), value),
    deleteProperty: (target, name) => Reflect.deleteProperty(target, named(target, name)),
  });
}
