import { BlockList, isIPv4, isIPv6 } from "node:net";

import type { TokenServiceConfig } from "../../contract/token-service-config.ts";
import type { Refused } from "../identity.ts";
import {
  type Reader,
  readAmazonLeaf,
  readEnvoyElement,
  readGoogleLeaf,
} from "./forwarded-certificate.ts";
import { refuse } from "./refused.ts";

/** What a connection and its request say about a client certificate. */
export interface Connection {
  /** Names and values in turn, as they came, like Node's `rawHeaders`: repeated ones are still apart. */
  readonly rawHeaders: readonly string[];
  /** Of the TCP peer; never what `X-Forwarded-For` says. */
  readonly remoteAddress: string | undefined;
  /** DER of what the TLS peer presented, leaf first; empty without one. */
  readonly peerCertificates: readonly Uint8Array[];
}

export type CertificateSource = (connection: Connection) => readonly Uint8Array[] | Refused;

type Configured = TokenServiceConfig["clientCertificate"];

const readers: Readonly<Record<string, Reader>> = {
  "x-amzn-mtls-clientcert-leaf": readAmazonLeaf,
  "x-client-cert-leaf": readGoogleLeaf,
  "x-forwarded-client-cert": readEnvoyElement,
};

/** Headers in which one platform or another passes a certificate on; whoever else sends one pretends. */
const identityHeaders: readonly string[] = [
  ...Object.keys(readers),
  "x-amzn-mtls-clientcert",
  "client-cert",
  "client-cert-chain",
  "x-client-cert",
  "x-arr-clientcert",
  "x-ssl-client-cert",
  "ssl-client-cert",
];

/**
 * Where requests bring their certificate, as configured. The answer goes into `Evidence.certificates`. A
 * header that passes on a certificate is refused unless it is the configured one, once, from a trusted proxy.
 */
export function certificateSource(configured: Configured): CertificateSource {
  const fromHeader = configured?.from === "header" ? configured : undefined;
  const read = fromHeader === undefined ? undefined : readers[fromHeader.header];
  const trusted = blockList(fromHeader?.trustedProxyCidrs ?? []);
  return ({ rawHeaders, remoteAddress, peerCertificates }) => {
    const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
    const sent = names.filter((name) => identityHeaders.includes(name));
    const other = sent.find((name) => name !== fromHeader?.header);
    if (other !== undefined) {
      return refuse(
        "smuggled_identity",
        `the header ${other} is not how certificates reach this service`,
      );
    }
    if (sent.length > 1) {
      return refuse("smuggled_identity", `the header ${sent[0]} is there more than once`);
    }
    if (configured?.from === "tls") return peerCertificates;
    if (read === undefined || sent.length === 0) return [];
    if (!isIn(trusted, remoteAddress)) {
      return refuse(
        "smuggled_identity",
        `the header ${sent[0]} did not come from a proxy in trustedProxyCidrs`,
      );
    }
    const value = rawHeaders[names.indexOf(sent[0] ?? "") * 2 + 1] ?? "";
    return value === "" ? [] : read(value);
  };
}

function blockList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = "", prefix] = cidr.split("/");
    list.addSubnet(address, Number(prefix), isIPv4(address) ? "ipv4" : "ipv6");
  }
  return list;
}

/** An IPv4 peer of a dual-stack socket is `::ffff:10.0.0.1`; Node's list knows. */
function isIn(list: BlockList, address: string | undefined): boolean {
  if (address === undefined) return false;
  if (isIPv4(address)) return list.check(address, "ipv4");
  return isIPv6(address) && list.check(address, "ipv6");
}
