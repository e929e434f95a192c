import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAuthority, issueServerCertificate } from "./certificates.ts";
import { startHttpDouble } from "./http-double.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cowork-certificates-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** OpenSSL's word on a chain: not our code and not the library that made it. */
function opensslVerify(parts: {
  root: string;
  leaf: string;
  chain?: string;
  crls?: string[];
  purpose?: string;
}): string {
  const args = ["verify", "-x509_strict", "-purpose", parts.purpose ?? "sslclient"];
  args.push("-CAfile", file("root.pem", parts.root));
  if (parts.chain) args.push("-untrusted", file("chain.pem", parts.chain));
  if (parts.crls) args.push("-crl_check_all", "-CRLfile", file("crl.pem", parts.crls.join("")));
  const run = spawnSync("openssl", [...args, file("leaf.pem", parts.leaf)], { encoding: "utf8" });
  expect(run.error).toBeUndefined();
  return run.status === 0 ? "OK" : run.stderr;
}

const laptop = { subject: "CN=laptop-17, OU=cowork-eu", usages: ["clientAuth"] };

test.each(["EC", "RSA"] as const)(
  "openssl accepts a current %s client certificate",
  async (keyType) => {
    const root = await createAuthority();
    const intermediate = await root.intermediate("Test Devices");
    const leaf = await intermediate.issue({ ...laptop, keyType });
    const parts = { root: root.certificatePem, chain: leaf.chainPem, leaf: leaf.certificatePem };
    expect(opensslVerify(parts)).toBe("OK");
    expect(opensslVerify({ ...parts, purpose: "sslserver" })).toContain(
      "unsuitable certificate purpose",
    );
    const { chain: _, ...withoutChain } = parts;
    expect(opensslVerify(withoutChain)).toContain("unable to get local issuer certificate");
  },
);

test.each([
  ["expired", "certificate has expired"],
  ["not yet valid", "certificate is not yet valid"],
] as const)("openssl refuses a certificate that is %s", async (validity, reason) => {
  const root = await createAuthority();
  const leaf = await root.issue({ ...laptop, validity });
  expect(opensslVerify({ root: root.certificatePem, leaf: leaf.certificatePem })).toContain(reason);
});

test("openssl refuses a leaf of an intermediate that may not issue", async () => {
  const root = await createAuthority();
  const impostor = await root.intermediate("Test Impostor", { mayIssue: false });
  const leaf = await impostor.issue(laptop);
  expect(
    opensslVerify({ root: root.certificatePem, chain: leaf.chainPem, leaf: leaf.certificatePem }),
  ).toContain("invalid CA certificate");
});

test("openssl refuses a leaf of a root with the same name and another key", async () => {
  const [root, stranger] = [await createAuthority(), await createAuthority()];
  const leaf = await stranger.issue(laptop);
  expect(opensslVerify({ root: root.certificatePem, leaf: leaf.certificatePem })).toContain(
    "unable to get local issuer certificate",
  );
});

test("openssl reads the revocation lists: revoked, not revoked, overdue", async () => {
  const root = await createAuthority();
  const devices = await root.intermediate("Test Devices");
  const [lost, kept] = [await devices.issue(laptop), await devices.issue(laptop)];
  const crls = [await root.crl(), await devices.crl({ revoked: [lost.serialNumber] })];
  const common = { root: root.certificatePem, chain: kept.chainPem };
  expect(opensslVerify({ ...common, leaf: lost.certificatePem, crls })).toContain(
    "certificate revoked",
  );
  expect(opensslVerify({ ...common, leaf: kept.certificatePem, crls })).toBe("OK");
  const overdue = [await root.crl(), await devices.crl({ validity: "expired" })];
  expect(opensslVerify({ ...common, leaf: kept.certificatePem, crls: overdue })).toContain(
    "CRL has expired",
  );
});

test("a client without extended key usage can be made", async () => {
  const root = await createAuthority();
  const leaf = await root.issue({ ...laptop, usages: [] });
  const run = spawnSync("openssl", ["x509", "-noout", "-text"], {
    input: leaf.certificatePem,
    encoding: "utf8",
  });
  expect(run.stdout).not.toContain("Extended Key Usage");
  expect(run.stdout).toContain("OU = cowork-eu");
});

test("Node's TLS trusts the server certificate on 127.0.0.1 and localhost, for this root only", async () => {
  const root = await createAuthority();
  const tls = await issueServerCertificate(await root.intermediate("Test Servers"));
  const server = await startHttpDouble({ tls, answer: () => ({ body: "hello" }) });
  const status = (host: string, ca: string) =>
    new Promise<number | undefined | string>((resolve) => {
      get({ host, port: server.port, ca, agent: false, family: 4 }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    });
  expect(await status("127.0.0.1", root.certificatePem)).toBe(200);
  expect(await status("localhost", root.certificatePem)).toBe(200);
  const stranger = await createAuthority("Another Root");
  expect(await status("127.0.0.1", stranger.certificatePem)).toBe(
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  );
  await server.close();
});
