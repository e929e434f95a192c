/**
 * `npm run demo:tokens`: a company's sign-in becomes a credential for each provider, is revoked, and the next request
 * is refused. Everything runs on this machine: a real OpenID provider, the real service and the real helper; moto and
 * stand-ins answer for the clouds. No token is printed, only its shape.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { HelperConfig } from "../contract/helper-config.ts";
import { startIdentityProvider } from "../test/services/identity-provider.ts";
import { revocationAnswer } from "../token-service/server/revocation-api.ts";
import { startClouds } from "./demo/clouds.ts";
import { laptop } from "./demo/laptop.ts";
import { type DemoRoute, routes, startService } from "./demo/service.ts";
import { shapeOf } from "./demo/shape.ts";

const say = (line: string) => console.log(`[demo] ${line}`);
const startedMs = performance.now();
const folder = await mkdtemp(join(tmpdir(), "cowork-demo-"));
const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];

try {
  const [company, clouds] = await Promise.all([startIdentityProvider(), startClouds()]);
  closers.unshift(
    () => company.close(),
    () => clouds.close(),
  );
  const service = await startService(folder, company, clouds);
  closers.unshift(() => service.stop());
  say("no cloud is asked: moto stands in for AWS STS, two small servers for Google and Entra");
  say(`issuer ${company.issuer}, token service of eu ${service.url}`);

  const alice = laptop(join(folder, "laptop"), (code) => company.approveDevice(code, "alice"));
  for (const route of routes) {
    const { code, stdout, reason } = await alice.run(configOf(company, service.url, route));
    if (code !== 0) throw new Error(`${route}: the helper ended with ${code}: ${reason}`);
    say(`${route}: ${await shapeOf(stdout, `${service.url}/.well-known/jwks.json`)}`);
  }

  const elsewhere = await alice.run({
    ...configOf(company, service.url, "bedrock"),
    geography: "us",
  });
  expectRefusal(elsewhere.code, "the laptop of another geography");
  say(`a laptop set up for us: ${elsewhere.reason}`);

  const { id_token: administrator } = await company.tokensFor("carol");
  const askedMs = performance.now();
  const answer = await fetch(`${service.url}/v1/revocations`, {
    method: "POST",
    headers: { authorization: `Bearer ${administrator}`, "content-type": "application/json" },
    body: JSON.stringify({ subject: { by: "user", value: "alice" }, reason: "left the company" }),
  });
  if (answer.status !== 200) throw new Error(`the revocation was answered with ${answer.status}`);
  const { offboardingSeconds } = revocationAnswer.parse(await answer.json());
  const tookMs = Math.round(performance.now() - askedMs);
  say(
    `carol revokes alice: acknowledged in ${tookMs} ms; the last credential of hers ends in ${offboardingSeconds} s`,
  );

  const other = laptop(join(folder, "other"), (code) => company.approveDevice(code, "alice"));
  const next = await other.run(configOf(company, service.url, "bedrock"));
  expectRefusal(next.code, "alice after her revocation");
  say(`alice's next request: ${next.reason}`);

  const events = (await readFile(service.auditFile, "utf8")).trim().split("\n");
  say(`${events.length} audit events, the last: ${events.at(-1)}`);
  say(`done in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
} finally {
  for (const close of closers) await close();
}

/** What the profile set would ship for this route. */
function configOf(
  { issuer, clientId }: { readonly issuer: string; readonly clientId: string },
  url: string,
  route: DemoRoute,
): HelperConfig {
  return {
    helperConfigVersion: 1,
    organization: "example",
    geography: "eu",
    route,
    provider: route,
    ttlSeconds: 900,
    signIn: {
      kind: "oidc",
      issuer,
      clientId,
      scopes: "openid groups offline_access",
      redirectPath: "/callback",
      // No browser on this machine has to open: the demonstration approves the code itself.
      deviceCode: "always",
      keepRefreshToken: true,
    },
    exchange: { kind: "token-service", url, present: "id_token", dpop: false },
  };
}

function expectRefusal(code: number | null, whose: string): void {
  if (code !== 6) throw new Error(`${whose} was not refused: exit code ${code}`);
}
