import { createHash } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { TokenServiceConfig } from "../../../contract/token-service-config.ts";
import {
  type Connection,
  certificateSource,
} from "../../../token-service/identity/client-certificate.ts";
import { leafOf, type Made, make } from "./certificate-rig.ts";

type Configured = TokenServiceConfig["clientCertificate"];

let leaf: Made;
let middle: Made;

beforeAll(async () => {
  const root = await make();
  middle = await make({ subject: "CN=Middle", by: root });
  leaf = await leafOf(middle);
});

const behind = (
  header: "x-amzn-mtls-clientcert-leaf" | "x-client-cert-leaf" | "x-forwarded-client-cert",
): Configured => ({ from: "header", header, trustedProxyCidrs: ["10.0.0.0/16", "fd00:1::/32"] });

function found(
  configured: Configured,
  headers: Record<string, string | string[]>,
  changes: Partial<Connection> = {},
) {
  const rawHeaders = Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => [name, value]),
  );
  const connection = { rawHeaders, remoteAddress: "10.0.3.7", peerCertificates: [], ...changes };
  const result = certificateSource(configured)(connection);
  if ("refused" in result) return `${result.refused}: ${result.reason}`;
  return result.map((der) =>
    Buffer.from(der).equals(leaf.der)
      ? "leaf"
      : Buffer.from(der).equals(middle.der)
        ? "middle"
        : "?",
  );
}

/** As Application Load Balancers write it: `+`, `=` and `/` stay. */
const amazon = (made: Made) =>
  encodeURIComponent(made.pem).replaceAll("%2B", "+").replaceAll("%3D", "=").replaceAll("%2F", "/");
const google = (made: Made) => `:${Buffer.from(made.der).toString("base64")}:`;
const sha256 = (made: Made) => createHash("sha256").update(made.der).digest("hex");
const envoy = (made: Made, chain: readonly Made[]) =>
  `Hash=${sha256(made)};Cert="${encodeURIComponent(made.pem)}";Subject="CN=a\\"b,c;d";Chain="${encodeURIComponent(chain.map(({ pem }) => pem).join(""))}";URI=;DNS=a;DNS=b`;

describe("a client certificate", () => {
  it("comes from the connection, from Amazon, from Google or from Envoy", () => {
    expect(found({ from: "tls" }, {}, { peerCertificates: [leaf.der, middle.der] })).toEqual([
      "leaf",
      "middle",
    ]);
    expect(
      found(behind("x-amzn-mtls-clientcert-leaf"), { "X-Amzn-Mtls-Clientcert-Leaf": amazon(leaf) }),
    ).toEqual(["leaf"]);
    expect(found(behind("x-client-cert-leaf"), { "x-client-cert-leaf": google(leaf) })).toEqual([
      "leaf",
    ]);
    for (const chain of [[middle], [leaf, middle]]) {
      expect(
        found(behind("x-forwarded-client-cert"), { "x-forwarded-client-cert": envoy(leaf, chain) }),
      ).toEqual(["leaf", "middle"]);
    }
  });

  it("need not be there", () => {
    for (const configured of [undefined, { from: "tls" } as const, behind("x-client-cert-leaf")]) {
      expect(found(configured, { authorization: "Bearer a" })).toEqual([]);
    }
    expect(found(behind("x-client-cert-leaf"), { "x-client-cert-leaf": "" })).toEqual([]);
  });

  it("of a connection is not looked at unless that is configured", () => {
    expect(found(undefined, {}, { peerCertificates: [leaf.der] })).toEqual([]);
    expect(found(behind("x-client-cert-leaf"), {}, { peerCertificates: [leaf.der] })).toEqual([]);
  });

  it.each(["10.0.255.255", "::ffff:10.0.0.1", "fd00:1:2::3"])(
    "is taken from a proxy at %s",
    (remoteAddress) => {
      expect(
        found(
          behind("x-client-cert-leaf"),
          { "x-client-cert-leaf": google(leaf) },
          { remoteAddress },
        ),
      ).toEqual(["leaf"]);
    },
  );

  it.each(["10.1.0.0", "::ffff:10.1.0.1", "fd00:2::1", "127.0.0.1", "", "proxy", undefined])(
    "is not taken from %s",
    (remoteAddress) => {
      const headers = { "x-client-cert-leaf": google(leaf), "x-forwarded-for": "10.0.0.1" };
      expect(found(behind("x-client-cert-leaf"), headers, { remoteAddress })).toBe(
        "smuggled_identity: the header x-client-cert-leaf did not come from a proxy in trustedProxyCidrs",
      );
    },
  );

  it.each([
    "x-amzn-mtls-clientcert-leaf",
    "X-Amzn-Mtls-Clientcert",
    "X-Client-Cert-Leaf",
    "x-forwarded-client-cert",
    "Client-Cert",
    "client-cert-chain",
    "X-ARR-ClientCert",
    "x-ssl-client-cert",
    "ssl-client-cert",
    "x-client-cert",
  ])("in a header %s nobody configured is smuggled, even empty", (name) => {
    const refused = `smuggled_identity: the header ${name.toLowerCase()} is not how certificates reach this service`;
    for (const value of [google(leaf), ""]) {
      expect(found(undefined, { [name]: value })).toBe(refused);
      expect(found({ from: "tls" }, { [name]: value }, { peerCertificates: [leaf.der] })).toBe(
        refused,
      );
    }
  });

  it("in another header beside the configured one, or twice, is smuggled", () => {
    const configured = behind("x-client-cert-leaf");
    expect(
      found(configured, { "x-client-cert-leaf": google(leaf), "client-cert": google(middle) }),
    ).toBe("smuggled_identity: the header client-cert is not how certificates reach this service");
    for (const second of [google(middle), google(leaf), ""]) {
      expect(
        found(configured, { "x-client-cert-leaf": google(leaf), "X-CLIENT-CERT-LEAF": second }),
      ).toBe("smuggled_identity: the header x-client-cert-leaf is there more than once");
    }
  });

  it("of Envoy with several elements or a part twice is smuggled", () => {
    const judge = (value: string) =>
      found(behind("x-forwarded-client-cert"), { "x-forwarded-client-cert": value });
    for (const value of [
      `${envoy(middle, [])},${envoy(leaf, [])}`,
      `By=a,${envoy(leaf, [middle])}`,
    ]) {
      expect(judge(value)).toBe(
        "smuggled_identity: the forwarded client certificate has several elements",
      );
    }
    const cert = `Cert="${encodeURIComponent(leaf.pem)}"`;
    for (const value of [`${cert};${cert}`, `${cert};cert=x`, `${cert};Hash=a;Hash=b`]) {
      expect(judge(value)).toBe(
        "smuggled_identity: the forwarded client certificate names a part twice",
      );
    }
  });

  it.each<[string, () => string, string]>([
    ["only a hash", () => `Hash=${sha256(leaf)}`, "has no single Cert"],
    [
      "two certificates as one",
      () => `Cert="${encodeURIComponent(leaf.pem + middle.pem)}"`,
      "has no single Cert",
    ],
    [
      "another hash",
      () => `Hash=${sha256(middle)};Cert="${encodeURIComponent(leaf.pem)}"`,
      "has another Hash than its Cert",
    ],
    [
      "a chain that is none",
      () => `Cert="${encodeURIComponent(leaf.pem)}";Chain="x"`,
      "has a Chain that is no URL-encoded PEM",
    ],
    [
      "an open quote",
      () => `Cert="${encodeURIComponent(leaf.pem)}`,
      "is no list of key=value pairs",
    ],
    [
      "an end that is none",
      () => `Cert="${encodeURIComponent(leaf.pem)}";`,
      "is no list of key=value pairs",
    ],
    ["a text", () => "hello", "is no list of key=value pairs"],
  ])("of Envoy with %s is refused", (_, value, reason) => {
    expect(found(behind("x-forwarded-client-cert"), { "x-forwarded-client-cert": value() })).toBe(
      `certificate_untrusted: the forwarded client certificate ${reason}`,
    );
  });

  it("of Amazon or Google that is something else is refused", () => {
    for (const value of [
      "%",
      "hello",
      amazon(leaf) + amazon(middle),
      leaf.pem.slice(0, -30),
      google(leaf),
    ]) {
      expect(
        found(behind("x-amzn-mtls-clientcert-leaf"), { "x-amzn-mtls-clientcert-leaf": value }),
      ).toBe(
        "certificate_untrusted: the forwarded client certificate is no single URL-encoded PEM block",
      );
    }
    for (const value of [
      "::",
      google(leaf).slice(1),
      `${google(leaf)},${google(middle)}`,
      amazon(leaf),
      ":AAA:",
      ": AAAA:",
    ]) {
      expect(found(behind("x-client-cert-leaf"), { "x-client-cert-leaf": value })).toBe(
        "certificate_untrusted: the forwarded client certificate is no base64 between colons (RFC 9440)",
      );
    }
  });

  it("of any text never throws", () => {
    const headers = [
      "x-amzn-mtls-clientcert-leaf",
      "x-client-cert-leaf",
      "x-forwarded-client-cert",
    ] as const;
    const text = fc.oneof(
      fc.string(),
      fc
        .array(
          fc.constantFrom(
            "Cert=",
            "Hash",
            "=",
            ";",
            ",",
            '"',
            "\\",
            "%41",
            ":",
            "AAAA",
            "-----BEGIN CERTIFICATE-----",
          ),
        )
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(fc.constantFrom(...headers), text, (header, value) => {
        fc.pre(value !== "");
        // Base64 of anything is some bytes; that they are no certificate is found out later.
        expect(String(found(behind(header), { [header]: value }))).toMatch(
          /^(certificate_untrusted|smuggled_identity): |^[?]$/,
        );
      }),
      { numRuns: 500 },
    );
  });
});
