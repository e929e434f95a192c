import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

it("npm run demo:tokens shows a credential of each provider, and nobody's after a revocation", async () => {
  const { stdout, stderr } = await promisify(execFile)("npm", ["run", "--silent", "demo:tokens"], {
    cwd: root,
  });

  expect(stderr).toBe("");
  const lines = stdout.trim().split("\n");
  expect(lines.map((line) => line.replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT"))).toEqual([
    "[demo] no cloud is asked: moto stands in for AWS STS, two small servers for Google and Entra",
    "[demo] issuer http://127.0.0.1:PORT, token service of eu http://127.0.0.1:PORT",
    expect.stringMatching(
      /^\[demo\] bedrock: bedrock-api-key-\.\.\., \d{3,4} characters, for eu-central-1, lives 5400 s$/,
    ),
    expect.stringMatching(
      /^\[demo\] vertex: ya29\.\.\., \d+ characters: an access token of Google's STS$/,
    ),
    expect.stringMatching(/^\[demo\] foundry: \d+ characters: an access token of Entra ID$/),
    expect.stringMatching(
      /^\[demo\] gateway: JWT \(ES256, verified with the service's published key\), \d+ characters, geography eu, lives 5400 s$/,
    ),
    expect.stringMatching(
      /^\[demo\] a laptop set up for us: cowork-credential-helper: refused: .* geography_mismatch .* \(exit 6\)$/,
    ),
    expect.stringMatching(
      /^\[demo\] carol revokes alice: acknowledged in \d+ ms; the last credential of hers ends in 5[34]\d\d s$/,
    ),
    expect.stringMatching(
      /^\[demo\] alice's next request: cowork-credential-helper: refused: .* revoked .* \(exit 6\)$/,
    ),
    expect.stringMatching(
      /^\[demo\] 8 audit events, the last: \{"event":"token\.decision",.*"decision":"refuse",.*"code":"revoked",.*"user":"alice",/,
    ),
    expect.stringMatching(/^\[demo\] done in \d+\.\d s$/),
  ]);
  // Shapes only: nothing that would open anything.
  expect(stdout).not.toMatch(
    /eyJ[A-Za-z0-9_-]{20}|bedrock-api-key-[A-Za-z0-9+/]{4}|stand-in-of|ya29\.stand/,
  );
});
