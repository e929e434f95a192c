import { X509Certificate } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { readAuthorities } from "../../../token-service/identity/authority-certificates.ts";
import { readRevocationLists } from "../../../token-service/identity/revocation-list.ts";
import {
  device,
  deviceAuthority,
  judge,
  leafOf,
  listOf,
  type Made,
  make,
  x509,
} from "./certificate-rig.ts";

let root: Made;
let leaf: Made;
let list: Uint8Array;

beforeAll(async () => {
  root = await make();
  leaf = await leafOf(root);
  list = await listOf(root, { revoked: ["0a", "0b"] });
});

const authorities = () => [deviceAuthority([root], { revocation: { kind: "crl", file: "f" } })];
const refusal = /^(certificate_[a-z]+|identity_missing): .+/;

/** The bytes with some of them replaced, cut or put in. */
const damaged = (bytes: () => Uint8Array) =>
  fc
    .tuple(
      fc.constantFrom("replace", "cut", "insert", "drop"),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([kind, edits]) => {
      let out = Buffer.from(bytes());
      for (const [place, value] of edits) {
        const at = place % out.length;
        if (kind === "replace") out[at] = (out[at] ?? 0) ^ value;
        if (kind === "cut") out = out.subarray(0, at || 1);
        if (kind === "insert")
          out = Buffer.concat([out.subarray(0, at), Buffer.from([value]), out.subarray(at)]);
        if (kind === "drop") out = Buffer.concat([out.subarray(0, at), out.subarray(at + 1)]);
      }
      return new Uint8Array(out);
    });

describe("any bytes", () => {
  it("in place of a certificate are refused, and never throw", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 9 }),
        async (presented) => {
          expect(await judge(presented, authorities(), list)).toMatch(refusal);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("almost a certificate are refused, and never throw", async () => {
    await fc.assert(
      fc.asyncProperty(
        damaged(() => leaf.der),
        async (der) => {
          fc.pre(!Buffer.from(der).equals(leaf.der));
          expect(await judge([der, root.der], authorities(), list)).toMatch(refusal);
        },
      ),
      { numRuns: 600 },
    );
  });

  it("almost a revocation list let nobody in", async () => {
    await fc.assert(
      fc.asyncProperty(
        damaged(() => list),
        async (bytes) => {
          fc.pre(!Buffer.from(bytes).equals(list));
          expect(await judge([leaf.der], authorities(), bytes)).toMatch(refusal);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("nested deep are refused in no time", async () => {
    const deep = Buffer.alloc(16_000);
    for (let at = 0; at < 16_000; at += 4)
      deep.writeUInt32BE(0x30820000 + Math.max(0, 15_996 - at), at);
    expect(await judge([deep], authorities(), list)).toMatch(refusal);
    expect(() => readRevocationLists(deep)).toThrow(
      "cannot be read as a version 2 revocation list",
    );
  });
});

describe("a forged certificate", () => {
  it("that hides a real one inside is judged by its own signature", async () => {
    const hidden = new x509.Extension("1.2.3.4", false, Buffer.from(`\n${leaf.pem}`));
    const forged = await make({
      subject: "CN=laptop-of-the-chief",
      issuer: "CN=Root",
      extensions: [...device(), hidden],
    });
    // Node finds the PEM block and reads that instead: the signature would hold, for another name.
    expect(new X509Certificate(forged.der).raw.equals(leaf.der)).toBe(true);
    expect(await judge([forged.der], [deviceAuthority([root])])).toBe(
      "certificate_untrusted: a presented certificate is no single DER certificate",
    );
  });

  it("by the right key under another name leads nowhere", async () => {
    const renamed = await leafOf(root, { issuer: "CN=Another" });
    expect(await judge([renamed.der], [deviceAuthority([root])])).toBe(
      "certificate_untrusted: the certificate leads to no authority the trust policy names",
    );
  });
});

describe("an authority's certificates", () => {
  it.each<[string, () => string, string]>([
    ["no PEM", () => "hello", "is no list of PEM certificates and nothing else"],
    ["nothing", () => "", "is no list of PEM certificates and nothing else"],
    [
      "text beside PEM",
      () => `subject=Root\n${root.pem}`,
      "is no list of PEM certificates and nothing else",
    ],
    ["a device's", () => root.pem + leaf.pem, "certificate 2 is no authority (CA:true)"],
    [
      "no certificate",
      () => "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
      "certificate 1 cannot be read as an X.509 version 3 certificate",
    ],
    [
      "a key",
      () => `${root.pem}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----`,
      "holds a private key; take it out, and consider the key known",
    ],
  ])("are refused when they are %s", (_, pem, problem) => {
    expect(readAuthorities(pem())).toEqual({ problems: [problem] });
  });
});
