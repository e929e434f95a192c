import { createHash } from "node:crypto";

import { calculateJwkThumbprint, exportJWK } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import {
  authority,
  clientAuth,
  device,
  deviceAuthority,
  judge,
  leafOf,
  type Made,
  type MakeOptions,
  make,
  now,
  x509,
} from "./certificate-rig.ts";

let root: Made;
let stranger: Made;

beforeAll(async () => {
  root = await make();
  stranger = await make();
});

const unknown =
  "certificate_untrusted: the certificate leads to no authority the trust policy names";

describe("a device's certificate", () => {
  it("is an identity, with what policies ask of its subject and no more", async () => {
    const leaf = await leafOf(root);
    expect(await judge([leaf.der], [deviceAuthority([root])])).toEqual({
      from: "devices",
      kind: "certificate",
      user: undefined,
      device: "laptop-17",
      groups: [],
      claims: {
        device: ["laptop-17"],
        organizationalUnit: ["cowork-eu"],
      },
      tokenHash: createHash("sha256").update(leaf.der).digest("hex"),
      keyThumbprint: await calculateJwkThumbprint(await exportJWK(leaf.keys.publicKey)),
      token: undefined,
      expiresAtEpochSeconds: now + 3600,
      once: undefined,
    });
  });

  it("may have an RSA key, and an intermediate that came along or is configured", async () => {
    const rsa = {
      name: "RSASSA-PKCS1-v1_5",
      hash: "SHA-256",
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
    };
    const middle = await make({ subject: "CN=Middle", by: root, until: 1800, algorithm: rsa });
    const leaf = await leafOf(middle, { algorithm: rsa });
    const found = { device: "laptop-17", expiresAtEpochSeconds: now + 1800 };
    expect(await judge([leaf.der, middle.der], [deviceAuthority([root])])).toMatchObject(found);
    expect(await judge([leaf.der], [deviceAuthority([root, middle])])).toMatchObject(found);
    expect(await judge([leaf.der], [deviceAuthority([middle])])).toMatchObject(found);
    expect(await judge([leaf.der], [deviceAuthority([root])])).toBe(unknown);
  });

  it("is answered for by the first authority that knows it", async () => {
    const leaf = await leafOf(root);
    const other = deviceAuthority([stranger], { name: "others" });
    expect(await judge([leaf.der], [other, deviceAuthority([root])])).toMatchObject({
      from: "devices",
    });
  });
});

describe("a certificate is refused", () => {
  const refusal = async (options: MakeOptions, changes = {}) => {
    const leaf = await leafOf(root, options);
    return judge([leaf.der], [deviceAuthority([root], changes)]);
  };

  it("of an authority nobody named, of the same name as one that is", async () => {
    const leaf = await leafOf(stranger);
    expect(await judge([leaf.der], [deviceAuthority([root])])).toBe(unknown);
    expect(await judge([leaf.der, stranger.der], [deviceAuthority([root])])).toBe(unknown);
    expect(await judge([leaf.der], [])).toBe(
      "certificate_untrusted: the trust policy names no device authority",
    );
  });

  it("whose content was changed after it was signed", async () => {
    const leaf = await leafOf(root);
    const changed = Buffer.from(leaf.der);
    changed.write("laptop-18", changed.indexOf("laptop-17"), "latin1");
    expect(await judge([changed], [deviceAuthority([root])])).toBe(unknown);
  });

  it.each<[string, MakeOptions, string]>([
    ["a second after its end", { until: -1 }, "certificate_expired: the certificate has expired"],
    ["before its start", { from: 1 }, "certificate_expired: the certificate is not valid yet"],
    [
      "without the usage asked for",
      { extensions: device(["1.3.6.1.5.5.7.3.1"]) },
      `certificate_usage: the certificate lacks extended key usage ${clientAuth}`,
    ],
    [
      "for any usage instead of the one asked for",
      { extensions: device(["2.5.29.37.0"]) },
      `certificate_usage: the certificate lacks extended key usage ${clientAuth}`,
    ],
    [
      "without any usage",
      { extensions: device().slice(0, 2) },
      `certificate_usage: the certificate lacks extended key usage ${clientAuth}`,
    ],
    [
      "whose key may not sign",
      {
        extensions: [
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyEncipherment, true),
          ...device().slice(2),
        ],
      },
      "certificate_usage: the certificate's key may not sign (key usage)",
    ],
    [
      "that is an authority's",
      { extensions: [...authority(), new x509.ExtendedKeyUsageExtension([clientAuth])] },
      "certificate_usage: the certificate is an authority's, not a device's",
    ],
    [
      "with a critical extension nobody knows",
      { extensions: [...device(), new x509.Extension("1.2.3.4", true, new Uint8Array([5, 0]))] },
      "certificate_untrusted: the certificate has unknown critical extensions: 1.2.3.4",
    ],
    [
      "with an extension twice",
      { extensions: [...device(), new x509.ExtendedKeyUsageExtension([clientAuth])] },
      "certificate_untrusted: a presented certificate cannot be read as an X.509 version 3 certificate",
    ],
    [
      "without extensions",
      { extensions: [] },
      `certificate_usage: the certificate lacks extended key usage ${clientAuth}`,
    ],
    [
      "that lives too long for a fleet without revocation list",
      { until: 168 * 3600 },
      "certificate_untrusted: the certificate lives longer than 168 hours, and no revocation list is read",
    ],
    [
      "signed over SHA-1",
      { hash: "SHA-1" },
      "certificate_untrusted: a presented certificate cannot be read as an X.509 version 3 certificate",
    ],
  ])("%s", async (_, options, reason) => {
    expect(await refusal(options)).toBe(reason);
  });

  it("that lacks one of several usages", async () => {
    const both = { extendedKeyUsage: [clientAuth, "1.2.3"] };
    expect(await refusal({}, both)).toBe(
      "certificate_usage: the certificate lacks extended key usage 1.2.3",
    );
    expect(await refusal({ extensions: device([clientAuth, "1.2.3"]) }, both)).toMatchObject({
      device: "laptop-17",
    });
  });

  it("with an RSA key below 2048 bits", async () => {
    const weak = {
      name: "RSASSA-PKCS1-v1_5",
      hash: "SHA-256",
      modulusLength: 1024,
      publicExponent: new Uint8Array([1, 0, 1]),
    };
    expect(await refusal({ algorithm: weak })).toBe(
      "certificate_untrusted: a presented certificate has an RSA key below 2048 bits",
    );
  });

  it.each<[string, MakeOptions, string]>([
    [
      "no authority",
      { extensions: device() },
      "certificate_untrusted: an authority above the certificate is no authority (CA:true)",
    ],
    [
      "without extensions",
      { extensions: [] },
      "certificate_untrusted: an authority above the certificate is no authority (CA:true)",
    ],
    [
      "not allowed to sign certificates",
      {
        extensions: [
          authority()[0]!,
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.cRLSign, true),
        ],
      },
      "certificate_untrusted: an authority above the certificate may not sign certificates (key usage)",
    ],
    [
      "expired",
      { until: -1 },
      "certificate_expired: an authority above the certificate has expired",
    ],
    [
      "not valid yet",
      { from: 1 },
      "certificate_expired: an authority above the certificate is not valid yet",
    ],
    [
      "limited to servers",
      { extensions: [...authority(), new x509.ExtendedKeyUsageExtension(["1.3.6.1.5.5.7.3.1"])] },
      "certificate_usage: an authority above the certificate may not issue for the extended key usage asked for",
    ],
    [
      "limited to names",
      {
        extensions: [
          ...authority(),
          new x509.Extension("2.5.29.30", true, new Uint8Array([0x30, 0])),
        ],
      },
      "certificate_untrusted: an authority above the certificate has extensions that are not honoured here: 2.5.29.30",
    ],
  ])("below an intermediate that is %s", async (_, options, reason) => {
    const middle = await make({ subject: "CN=Middle", by: root, ...options });
    const leaf = await leafOf(middle);
    expect(await judge([leaf.der, middle.der], [deviceAuthority([root])])).toBe(reason);
  });

  it("issued by another device", async () => {
    const first = await leafOf(root);
    const second = await leafOf(first);
    expect(await judge([second.der, first.der], [deviceAuthority([root])])).toBe(
      "certificate_untrusted: an authority above the certificate is no authority (CA:true)",
    );
  });

  it("below more authorities than one above allows", async () => {
    const strict = await make({ extensions: authority(0) });
    const middle = await make({ subject: "CN=Middle", by: strict });
    expect(await judge([(await leafOf(strict)).der], [deviceAuthority([strict])])).toMatchObject({
      device: "laptop-17",
    });
    expect(await judge([(await leafOf(middle)).der, middle.der], [deviceAuthority([strict])])).toBe(
      "certificate_untrusted: more authorities stand above the certificate than one of them allows (path length)",
    );
  });

  it("below five intermediates, or with seven certificates", async () => {
    const chain: Made[] = [root];
    for (let at = 0; at < 5; at += 1)
      chain.unshift(await make({ subject: `CN=M${at}`, by: chain[0]! }));
    const below = async (count: number) => {
      const above = chain.slice(5 - count);
      const leaf = await leafOf(above[0]!);
      return judge(
        [leaf.der, ...above.slice(0, -1).map(({ der }) => der)],
        [deviceAuthority([root])],
      );
    };
    expect(await below(4)).toMatchObject({ device: "laptop-17" });
    expect(await below(5)).toBe(unknown);
    const leaf = await leafOf(root);
    expect(
      await judge(
        Array.from({ length: 7 }, () => leaf.der),
        [deviceAuthority([root])],
      ),
    ).toBe("certificate_untrusted: more than 6 certificates were presented");
  });

  it("that is PEM inside DER, or DER with more behind it", async () => {
    const leaf = await leafOf(root);
    const refused =
      "certificate_untrusted: a presented certificate cannot be read as an X.509 version 3 certificate";
    const single = "certificate_untrusted: a presented certificate is no single DER certificate";
    expect([refused, single]).toContain(
      await judge([Buffer.from(leaf.pem)], [deviceAuthority([root])]),
    );
    expect([refused, single]).toContain(
      await judge(
        [Buffer.concat([leaf.der, Buffer.from("\n"), Buffer.from(leaf.pem)])],
        [deviceAuthority([root])],
      ),
    );
    expect([refused, single]).toContain(
      await judge([Buffer.concat([leaf.der, new Uint8Array(1)])], [deviceAuthority([root])]),
    );
    expect(await judge([new Uint8Array(16_385)], [deviceAuthority([root])])).toBe(
      "certificate_untrusted: a presented certificate is larger than 16384 bytes",
    );
  });
});
