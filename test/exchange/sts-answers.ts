import type { AssumeRoleRequest } from "../../exchange/aws-assume-role.ts";
import type { WebIdentityRequest } from "../../exchange/aws-web-identity.ts";

export const awsRole = {
  partition: "aws",
  region: "eu-central-1",
  roleArn: "arn:aws:iam::123456789012:role/cowork/eu-caller",
} as const;

export const ownKeys = async () => ({
  accessKeyId: "ASIAEXAMPLEOWN000000",
  secretAccessKey: "own-secret",
  sessionToken: "own-session",
});

export const assumeRoleRequest = (stsUrl: string): AssumeRoleRequest => ({
  ...awsRole,
  stsUrl,
  sessionOf: "anna@example.com",
  sessionSeconds: 900,
  tags: { "cowork:geography": "eu", "cowork:user": "o'brien" },
  policy: '{"Version":"2012-10-17","Statement":[]}',
});

export const webIdentityRequest = (stsUrl: string): WebIdentityRequest => ({
  ...awsRole,
  stsUrl,
  sessionOf: "anna@example.com",
  sessionSeconds: 3600,
  token: "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0.",
});

export interface AssumedChange {
  readonly expiration?: string | undefined;
  readonly sessionToken?: string;
  readonly arn?: string | undefined;
}

/** What STS answers, changed where a test wants it wrong. */
export function assumed(action: string, change: AssumedChange = {}): string {
  const all = {
    expiration: new Date(Date.now() + 900_000).toISOString(),
    sessionToken: "session-token",
    arn: "arn:aws:sts::123456789012:assumed-role/eu-caller/anna@example.com",
    ...change,
  };
  const expiration =
    all.expiration === undefined ? "" : `<Expiration>${all.expiration}</Expiration>`;
  const arn = all.arn === undefined ? "" : `<Arn>${all.arn}</Arn>`;
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>
    <Credentials><AccessKeyId>ASIAEXAMPLE000000000</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
    <SessionToken>${all.sessionToken}</SessionToken>${expiration}</Credentials>
    <AssumedRoleUser><AssumedRoleId>AROA:anna</AssumedRoleId>${arn}</AssumedRoleUser>
    </${action}Result></${action}Response>`;
}
