import type { Statement } from "./policy-text.ts";

/** Nobody reaches a bucket without TLS 1.2: what every bucket's policy starts with. */
export function overTlsOnly(everything: readonly string[]): Statement[] {
  return [
    {
      Sid: "OnlyOverTls",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: everything,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "OnlyCurrentTls",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: everything,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ];
}
