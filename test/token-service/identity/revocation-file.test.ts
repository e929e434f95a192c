import { beforeAll, describe, expect, it } from "vitest";
import { isCertificate, readCertificate } from "../../../token-service/identity/certificate.ts";
import { openRevocationFile } from "../../../token-service/identity/revocation-file.ts";
import { readRevocationLists } from "../../../token-service/identity/revocation-list.ts";
import { createAuthority } from "../../services/certificates.ts";
import {
  authority,
  deviceAuthority,
  judge,
  leafOf,
  listOf,
  listPem,
  type Made,
  make,
  now,
  x509,
} from "./certificate-rig.ts";

let root: Made;
let leaf: Made;

beforeAll(async () => {
  root = await make();
  leaf = await leafOf(root);
});

const crl = { revocation: { kind: "crl" as const, file: "/lists/devices.crl" } };
const listed = (list?: Uint8Array | string, presented = [leaf.der], by = [root]) =>
  judge(presented, [deviceAuthority(by, crl)], list);
const serial = (made: Made) => made.certificate.serialNumber;
const noList =
  "certificate_untrusted: there is no usable revocation list of the certificate's authority";
const revoked = "certificate_revoked: the certificate, or an authority above it, is revoked";
const notCurrent =
  "certificate_untrusted: the revocation list of the certificate's authority is not current; publish a new one";

describe("a revocation list", () => {
  it("in DER or PEM lets in whom it does not name", async () => {
    const list = await listOf(root, { revoked: ["0badf00d"] });
    expect(await listed(list)).toMatchObject({ device: "laptop-17" });
    expect(await listed(listPem(list))).toMatchObject({ device: "laptop-17" });
  });

  it("keeps out whom it names", async () => {
    expect(await listed(await listOf(root, { revoked: [serial(leaf)] }))).toBe(revoked);
  });

  it("names serial numbers whose first bit is set, and short ones", async () => {
    for (const serialNumber of ["00ff01", "01", "7f"]) {
      const other = await leafOf(root, { serialNumber });
      expect(await listed(await listOf(root, { revoked: [serialNumber] }), [other.der])).toBe(
        revoked,
      );
      expect(await listed(await listOf(root, { revoked: ["02"] }), [other.der])).toMatchObject({
        from: "devices",
      });
    }
  });

  it("that ended, has not begun or cannot be read keeps everybody out", async () => {
    expect(await listed(await listOf(root, { until: 0 }))).toBe(notCurrent);
    expect(await listed(await listOf(root, { until: 1 }))).toMatchObject({ device: "laptop-17" });
    expect(await listed(await listOf(root, { from: 1 }))).toBe(notCurrent);
    expect(await listed(undefined)).toBe(noList);
    expect(await listed("no list")).toBe(noList);
  });

  it("that ended still keeps out whom it names as revoked", async () => {
    expect(await listed(await listOf(root, { until: 0, revoked: [serial(leaf)] }))).toBe(revoked);
  });

  it("of a stranger of the same name, or changed after it was signed, is none", async () => {
    expect(await listed(await listOf(await make()))).toBe(noList);
    const list = Buffer.from(await listOf(root, { revoked: [serial(leaf)] }));
    const at = list.indexOf(Buffer.from(serial(leaf), "hex"));
    list[at + 5] = (list[at + 5] ?? 0) ^ 1;
    expect(await listed(list)).toBe(noList);
  });

  it("changed where the signature does not reach is none either", async () => {
    const list = Buffer.from(await listOf(root));
    expect(await listed(list)).toMatchObject({ device: "laptop-17" });
    const ecdsa = Buffer.from("300a06082a8648ce3d040302", "hex");
    const outer = list.lastIndexOf(ecdsa);
    // After tag and length of the signature, a bit string: how many bits at its end do not count.
    const unusedBits = Buffer.from(list);
    unusedBits[outer + ecdsa.length + 2] = 1;
    expect(await listed(unusedBits)).toBe(noList);
    // The outer algorithm identifier: ECDSA has no parameters, this one has NULL.
    const padded = Buffer.concat([
      list.subarray(0, outer),
      Buffer.from("300c06082a8648ce3d0403020500", "hex"),
      list.subarray(outer + ecdsa.length),
    ]);
    const lengthAt = padded[1] === 0x81 ? 2 : 1;
    padded[lengthAt] = (padded[lengthAt] ?? 0) + 2;
    expect(await listed(padded)).toBe(noList);
    expect(() => readRevocationLists(padded)).toThrow(
      "cannot be read as a version 2 revocation list",
    );
  });

  it("by an authority whose key may not sign lists is none", async () => {
    const silent = await make({
      extensions: [
        authority()[0]!,
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      ],
    });
    const own = await leafOf(silent);
    expect(await listed(await listOf(silent), [own.der], [silent])).toBe(noList);
  });

  it.each([
    ["a delta", "2.5.29.27", [2, 1, 1]],
    ["partial", "2.5.29.28", [0x30, 0]],
  ])("that is %s cannot be used", async (_, id, value) => {
    const extensions = [new x509.Extension(id, true, new Uint8Array(value))];
    const list = await listOf(root, { extensions });
    expect(await listed(list)).toBe(noList);
    expect(() => readRevocationLists(list)).toThrow(
      `is partial, a delta or of several authorities (critical ${id}); only a complete list can be used`,
    );
  });

  it("is needed of every authority that came along, and counts for it too", async () => {
    const middle = await make({ subject: "CN=Middle", by: root });
    const below = await leafOf(middle);
    const lists = async (named: readonly string[] = []) =>
      `${listPem(await listOf(root, { revoked: named }))}${listPem(await listOf(middle))}`;
    const presented = [below.der, middle.der];
    expect(await listed(await lists(), presented)).toMatchObject({ device: "laptop-17" });
    expect(await listed(listPem(await listOf(middle)), presented)).toBe(noList);
    expect(await listed(listPem(await listOf(root)), presented)).toBe(noList);
    expect(await listed(await lists([serial(middle)]), presented)).toBe(revoked);
    expect(await listed(listPem(await listOf(middle)), presented, [root, middle])).toMatchObject({
      device: "laptop-17",
    });
  });

  it("may be as other tools write it", async () => {
    const other = await createAuthority();
    const lists = readRevocationLists(Buffer.from(await other.crl({ revoked: ["0a0b"] })));
    expect(lists.map(({ revoked: named }) => [...named])).toEqual([["a0b"]]);
  });
});

describe("a revocation list's file", () => {
  it("is read again when it changes, and a bad one keeps the list before it until that ends", async () => {
    let content: Uint8Array | undefined = await listOf(root, { from: -100 });
    let seconds = now;
    let reads = 0;
    const problems: string[] = [];
    const file = openRevocationFile({
      file: "/lists/devices.crl",
      readFile: async () => {
        reads += 1;
        if (content === undefined) throw new Error("cannot be opened (ENOENT)");
        return content;
      },
      nowEpochSeconds: () => seconds,
      onProblem: (problem) => problems.push(problem),
    });
    const [certificate, issuer] = [leaf, root].map(({ der }) => readCertificate(der));
    const code = async () => {
      if (!isCertificate(certificate!) || !isCertificate(issuer!)) throw new Error("unreadable");
      return (await file.problemOf(certificate, issuer))?.refused ?? "good";
    };
    expect(await Promise.all([code(), code(), code()])).toEqual(["good", "good", "good"]);
    expect(reads).toBe(1);

    content = await listOf(root, { revoked: [serial(leaf)], from: -50 });
    seconds += 4;
    expect(await code()).toBe("good");
    seconds += 1;
    expect(await code()).toBe("certificate_revoked");

    const ahead = await listOf(root, { from: 900, until: 9000 });
    for (const bad of [await listOf(root, { from: -70 }), ahead, Buffer.from("oops"), undefined]) {
      content = bad;
      seconds += 5;
      expect(await code()).toBe("certificate_revoked");
      seconds += 5;
      expect(await code()).toBe("certificate_revoked");
    }
    expect(problems).toEqual([
      "/lists/devices.crl: is older than the list in force",
      "/lists/devices.crl: is dated in the future; compare the clocks",
      "/lists/devices.crl: is neither DER nor PEM blocks named X509 CRL and nothing else",
      "/lists/devices.crl: cannot be opened (ENOENT)",
    ]);
    content = await listOf(root, { from: 5 });
    seconds += 5;
    expect(await code()).toBe("good");
    content = undefined;
    seconds += 3600;
    expect(await code()).toBe("certificate_untrusted");
  });
});
