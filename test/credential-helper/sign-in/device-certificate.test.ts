import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { loadDeviceCertificate } from "../../../credential-helper/sign-in/device-certificate.ts";
import { type Authority, createAuthority } from "../../services/certificates.ts";
import { failureOf } from "./around.ts";

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority("Devices");
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cowork-device-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const laptop = { subject: "CN=laptop-17", usages: ["clientAuth"] };

async function filesOf(options: Parameters<Authority["issue"]>[0] = laptop, keyMode = 0o600) {
  const leaf = await authority.issue(options);
  return {
    leaf,
    certificate: file("device.pem", leaf.chainPem, 0o644),
    privateKey: file("device.key", leaf.keyPem, keyMode),
  };
}

const load = (
  files: { certificate: string; privateKey: string },
  platform: NodeJS.Platform = "linux",
) => loadDeviceCertificate(files, Date.now(), platform);

describe("the device certificate", () => {
  it.each(["EC", "RSA"] as const)("is read with its %s key", async (keyType) => {
    const files = await filesOf({ ...laptop, keyType });
    expect(await load(files)).toEqual({
      certificatePem: files.leaf.chainPem,
      privateKeyPem: files.leaf.keyPem,
    });
  });

  it.each([0o400, 0o600, 0o700])("takes a key of mode %o", async (mode) => {
    await load(await filesOf(laptop, mode));
  });

  it.each([
    [0o644, "0644"],
    [0o640, "0640"],
    [0o620, "0620"],
    [0o604, "0604"],
  ])("refuses a key of mode %o", async (mode, shown) => {
    const files = await filesOf(laptop, mode);
    expect(await failureOf(load(files))).toBe(
      `deviceCertificate: device certificate: the private key ${files.privateKey} can be read by others (mode ${shown}): chmod 600`,
    );
    // Windows has no such modes; its installer sets the access list.
    await load(files, "win32");
  });

  it.each([
    ["expired", /ended on \w{3} .* GMT$/],
    ["not yet valid", /is valid from \w{3} .* GMT$/],
  ] as const)("refuses one that is %s", async (validity, reason) => {
    const files = await filesOf({ ...laptop, validity });
    const said = await failureOf(load(files));
    expect(said).toContain(
      `deviceCertificate: device certificate: the certificate ${files.certificate} `,
    );
    expect(said).toMatch(reason);
  });

  it("refuses a key of another certificate", async () => {
    const files = await filesOf();
    const other = await authority.issue(laptop);
    const privateKey = file("other.key", other.keyPem);
    expect(await failureOf(load({ ...files, privateKey }))).toBe(
      `deviceCertificate: device certificate: ${privateKey} is not the key of ${files.certificate}: the leaf has to come first in the file`,
    );
  });

  it.each(["PKCS#8", "PKCS#1"])("refuses an encrypted %s key", async (format) => {
    const files = await filesOf();
    const { privateKey: key } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = key.export({
      type: format === "PKCS#8" ? "pkcs8" : "pkcs1",
      format: "pem",
      cipher: "aes-256-cbc",
      passphrase: "very secret",
    });
    const privateKey = file("encrypted.key", String(pem));
    expect(await failureOf(load({ ...files, privateKey }))).toBe(
      `deviceCertificate: device certificate: the private key ${privateKey} is encrypted, and the helper has no passphrase for it: store it unencrypted, readable by the user alone`,
    );
  });

  it("names every problem at once, and nothing of a key", async () => {
    const certificate = join(folder, "absent.pem");
    const privateKey = file("garbage.key", "c2VjcmV0IGtleQ==", 0o644);
    expect(await failureOf(load({ certificate, privateKey }))).toBe(
      `deviceCertificate: device certificate: the certificate ${certificate} is not there; the private key ${privateKey} can be read by others (mode 0644): chmod 600; ${privateKey} holds no PEM private key (PKCS#8, SEC1 or PKCS#1)`,
    );
  });

  it("refuses a file that holds no certificate, and a folder", async () => {
    const files = await filesOf();
    const empty = file("empty.pem", "");
    expect(await failureOf(load({ ...files, certificate: empty }))).toBe(
      `deviceCertificate: device certificate: ${empty} holds no PEM certificate`,
    );
    expect(await failureOf(load({ ...files, certificate: folder }))).toBe(
      `deviceCertificate: device certificate: the certificate ${folder} cannot be read (EISDIR)`,
    );
  });
});
