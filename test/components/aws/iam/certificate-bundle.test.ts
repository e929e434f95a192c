import { describe, expect, it } from "vitest";

import { bundleProblems, bundleText } from "../../../../components/aws/iam/certificate-bundle.ts";
import {
  authority,
  laptop,
  mayNotSign,
  successor,
  third,
  weaklySigned,
  withoutKeyUsage,
} from "./certificates.ts";

const judge = (bundle: string, today = "2026-11-22") =>
  bundleProblems("access.certificateBundle", bundle, today).map(({ path, reason }) => {
    expect(path).toBe("access.certificateBundle");
    return reason;
  });
/** What no message may ever repeat. */
const keyText = "c2VjcmV0IG1hdGVyaWFs";
const privateKey = (kind: string) => `-----BEGIN ${kind}-----\n${keyText}\n-----END ${kind}-----\n`;

describe("bundleProblems", () => {
  it.each([
    ["one authority", authority],
    ["an authority and its successor", authority + successor],
    ["other line endings and indents", `\r\n  ${authority.replaceAll("\n", "\r\n  ")}`],
  ])("accepts %s", (_, bundle) => {
    expect(judge(bundle)).toEqual([]);
  });

  it.each(["PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"])(
    "refuses a %s beside a good certificate and repeats none of it",
    (kind) => {
      const problems = judge(authority + privateKey(kind));
      expect(problems).toEqual([
        "holds a private key; take it out of the file, and count it as known to everybody who read the file: replace it",
      ]);
      expect(JSON.stringify(problems)).not.toContain(keyText);
    },
  );

  it("refuses a key under a certificate's label and repeats none of it", () => {
    const problems = judge(privateKey("CERTIFICATE"));
    expect(problems).toEqual(["certificate 1 cannot be read"]);
  });

  it.each([
    [
      "an empty text",
      "",
      "holds no certificate; give PEM text, -----BEGIN CERTIFICATE----- and so on",
    ],
    [
      "a path",
      "ca.pem",
      "holds no certificate; give PEM text, -----BEGIN CERTIFICATE----- and so on",
    ],
    [
      "text beside the certificates",
      `subject=CN = ${keyText}\n${authority}`,
      "holds text outside its certificates; leave nothing but the PEM blocks",
    ],
    [
      "a certificate cut short",
      authority.slice(0, -60),
      "holds no certificate; give PEM text, -----BEGIN CERTIFICATE----- and so on",
    ],
    [
      "three authorities",
      authority + successor + third,
      "holds 3 certificates; a trust anchor takes 2: the current authority and its successor",
    ],
    ["the same authority twice", authority + authority, "certificate 2 repeats certificate 1"],
    [
      "a laptop's certificate",
      authority + laptop,
      "certificate 2 is no authority's: basic constraints CA:true and key usage Certificate Sign",
    ],
    [
      "an authority that may not sign",
      mayNotSign,
      "certificate 1 is no authority's: basic constraints CA:true and key usage Certificate Sign",
    ],
    [
      "an authority without key usage",
      withoutKeyUsage,
      "certificate 1 has no key usage; AWS demands Certificate Sign",
    ],
    [
      "a SHA-1 signature",
      weaklySigned,
      "certificate 1 is signed with MD5 or SHA-1; AWS demands SHA-256 or stronger",
    ],
  ])("refuses %s", (_, bundle, reason) => {
    expect(judge(bundle)).toEqual([reason]);
  });

  it("refuses more text than AWS takes", () => {
    const long = `-----BEGIN CERTIFICATE-----\n${"A".repeat(8000)}\n-----END CERTIFICATE-----\n`;
    expect(judge(long)).toEqual([
      "has 8055 characters; AWS takes 8000",
      "certificate 1 cannot be read",
    ]);
  });

  it.each([
    ["2046-11-15", []],
    ["2046-11-16", ["certificate 1 ends on 2046-11-16; today is 2046-11-16"]],
    ["2046-11-17", ["certificate 1 ends on 2046-11-16; today is 2046-11-17"]],
    ["2026-11-21", []],
    ["2026-11-20", ["certificate 1 begins on 2026-11-21; today is 2026-11-20"]],
  ])("judges the authority's time on %s", (today, reasons) => {
    expect(judge(authority, today)).toEqual(reasons);
  });
});

describe("bundleText", () => {
  it("is the same for every way of writing line ends and spaces", () => {
    const given = authority + successor;
    expect(bundleText(given)).toBe(given);
    expect(bundleText(`\n  ${given.replaceAll("\n", " \r\n  ")}\n\n`)).toBe(given);
  });
});
