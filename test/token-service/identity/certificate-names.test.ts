import { beforeAll, describe, expect, it } from "vitest";
import type { DeviceAuthority } from "../../../contract/trust-policy.ts";
import {
  device,
  deviceAuthority,
  judge,
  leafOf,
  type Made,
  type MakeOptions,
  make,
  x509,
} from "./certificate-rig.ts";

let root: Made;

beforeAll(async () => {
  root = await make();
});

const names = (
  ...list: { type: "dns" | "url" | "email" | "upn"; value: string }[]
): MakeOptions => ({
  extensions: [...device(), new x509.SubjectAlternativeNameExtension(list)],
});
const subject = (text: MakeOptions["subject"]): MakeOptions => ({ subject: text! });

async function named(options: MakeOptions, changes: Partial<DeviceAuthority>) {
  const leaf = await leafOf(root, options);
  const result = await judge([leaf.der], [deviceAuthority([root], changes)]);
  return typeof result === "string" ? result : { device: result.device, user: result.user };
}

describe("a certificate's holder", () => {
  it.each<[string, MakeOptions, Partial<DeviceAuthority>, object]>([
    ["common name", subject("CN=laptop-17"), {}, { device: "laptop-17", user: undefined }],
    [
      "common name in another alphabet",
      subject([{ CN: [{ utf8String: "ラップトップ" }] }]),
      {},
      { device: "ラップトップ", user: undefined },
    ],
    [
      "common name in UTF-16",
      subject([{ CN: [{ bmpString: "laptop-é" }] }]),
      {},
      { device: "laptop-é", user: undefined },
    ],
    [
      "DNS name",
      names({ type: "dns", value: "laptop-17.example.com" }),
      { deviceFrom: "san-dns" },
      { device: "laptop-17.example.com", user: undefined },
    ],
    [
      "URI",
      names({ type: "url", value: "urn:device:17" }),
      { deviceFrom: "san-uri" },
      { device: "urn:device:17", user: undefined },
    ],
    [
      "mail address",
      names({ type: "email", value: "alice@example.com" }),
      { userFrom: "san-email" },
      { device: "laptop-17", user: "alice@example.com" },
    ],
    [
      "user principal name",
      names({ type: "upn", value: "alice@example.com" }),
      { userFrom: "san-upn" },
      { device: "laptop-17", user: "alice@example.com" },
    ],
  ])("is read from the %s", async (_, options, changes, expected) => {
    expect(await named(options, changes)).toEqual(expected);
  });

  it.each<[string, MakeOptions, Partial<DeviceAuthority>, string]>([
    ["no common name", subject("O=Example Corp"), {}, "names no device (subject-common-name)"],
    [
      "two common names",
      subject("CN=laptop-17, CN=laptop-18"),
      {},
      "names more than one device (subject-common-name)",
    ],
    [
      "an empty common name",
      subject([{ CN: [{ utf8String: " " }] }]),
      {},
      "has an empty device (subject-common-name)",
    ],
    [
      "a common name with a null character",
      subject([{ CN: [{ utf8String: "laptop-17\0.evil" }] }]),
      {},
      "has control characters in its device (subject-common-name)",
    ],
    [
      "a common name of 257 characters",
      subject([{ CN: [{ utf8String: "x".repeat(257) }] }]),
      {},
      "has a device (subject-common-name) of more than 256 characters",
    ],
    [
      "a common name in an unclear alphabet",
      subject([{ CN: [{ universalString: "laptop-17" }] }]),
      {},
      "has a subject nobody can read",
    ],
    ["no DNS name", {}, { deviceFrom: "san-dns" }, "names no device (san-dns)"],
    [
      "two DNS names",
      names({ type: "dns", value: "a" }, { type: "dns", value: "b" }),
      { deviceFrom: "san-dns" },
      "names more than one device (san-dns)",
    ],
    ["no user where one is asked for", {}, { userFrom: "san-email" }, "names no user (san-email)"],
    [
      "two users",
      names({ type: "upn", value: "a" }, { type: "upn", value: "b" }),
      { userFrom: "san-upn" },
      "names more than one user (san-upn)",
    ],
    [
      "an organization with a line break",
      subject([{ CN: ["laptop-17"] }, { O: [{ utf8String: "a\nb" }] }]),
      {},
      "has control characters in its organization",
    ],
  ])("with %s is refused", async (_, options, changes, reason) => {
    expect(await named(options, changes)).toBe(`certificate_identity: the certificate ${reason}`);
  });
});
