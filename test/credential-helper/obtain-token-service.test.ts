import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { afterAll, afterEach, expect, it } from "vitest";

import { obtain } from "../../credential-helper/obtain.ts";
import { newProofKey } from "../../credential-helper/sign-in/proof-key.ts";
import { createAuthority, issueServerCertificate } from "../services/certificates.ts";
import { freePort } from "../services/loopback.ts";
import { openWorld, type World } from "../token-service/world.ts";
import { helperConfigFor, tokenService } from "./exchange/configs.ts";
import { failureOf, surroundings } from "./sign-in/around.ts";
import { startHostileIssuer } from "./sign-in/hostile-issuer.ts";

// Helper and service share a contract and no code: here they meet.

const folder = mkdtempSync(join(tmpdir(), "cowork-helper-service-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, 0o600);
  return { path, windowsPath: path };
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function world(more?: Record<string, unknown>): Promise<World> {
  const opened = await openWorld(more);
  closers.push(opened.close);
  return opened;
}

const gateway = { route: "gateway", provider: "gateway", ttlSeconds: 600 } as const;

it("a person signs in, and the service gives the gateway's token, again and again", async () => {
  const { provider, start } = await world();
  const { url, events } = await start();
  const config = helperConfigFor(provider.issuer, tokenService(url), gateway);
  const first = surroundings({ browse: (address) => provider.signInHeadless(address, "alice") });
  const credential = await obtain(config, first);
  expect(credential.kind).toBe("gateway-jwt");
  expect(decodeJwt(credential.token)).toMatchObject({
    sub: "alice",
    aud: "https://gateway.example.com",
  });
  const session = first.session()!;
  await obtain(config, surroundings({ context: "background", session }));
  expect(
    events()
      .filter(({ event }) => event === "token.decision")
      .map(({ decision, user, context }) => [decision, user, context]),
  ).toEqual([
    ["allow", "alice", "interactive"],
    ["allow", "alice", "background"],
  ]);
});

it("whom no policy names, and another geography, are refused with the service's trace", async () => {
  const { provider, start } = await world();
  const { url, events } = await start();
  const { host } = new URL(url);
  const browse = (address: string) => provider.signInHeadless(address, "carol");
  const config = helperConfigFor(provider.issuer, tokenService(url), gateway);
  const said = [
    await failureOf(obtain(config, surroundings({ browse }))),
    await failureOf(obtain({ ...config, geography: "us" }, surroundings({ browse }))),
  ];
  const traces = events()
    .filter(({ event }) => event === "token.decision")
    .map(({ traceId }) => traceId);
  expect(said).toEqual([
    `refused: the token service ${host} refused: policy_none (trace ${traces[0]}): no policy takes who is signed in; to sign in as somebody else, run the helper with sign-out first`,
    `refused: the token service ${host} refused: geography_mismatch (trace ${traces[1]}): this laptop has the profile of another geography than the service serves`,
  ]);
});

it("an issuer that gives the same ID token twice is named as the cause", async () => {
  const { start, writePolicy } = await world();
  const issuer = await startHostileIssuer({
    claims: (claims) => ({ ...claims, groups: ["cowork-eu"], jti: "always-1" }),
  });
  closers.push(issuer.close);
  await writePolicy((policy) => {
    policy.issuers[0].issuer = issuer.issuer;
  });
  const { url } = await start();
  const config = helperConfigFor(issuer.issuer, tokenService(url), gateway);
  const session = { refreshToken: "refresh-0", proofKey: undefined };
  await obtain(config, surroundings({ context: "background", session }));
  const again = surroundings({ context: "background", session });
  expect((await failureOf(obtain(config, again))).replace(/[0-9a-f]{32}/, "TRACE")).toBe(
    `refused: the token service ${new URL(url).host} refused: token_replayed (trace TRACE): each token is taken once, and the issuer did not give a new one: let it issue an ID token on refresh`,
  );
});

it("a token bound to the helper's key is taken with its proof, and without it not", async () => {
  const port = await freePort();
  const { start, writePolicy } = await world({
    publicUrl: `http://127.0.0.1:${port}`,
    listen: { host: "127.0.0.1", port },
  });
  const key = await newProofKey();
  const issuer = await startHostileIssuer({
    claims: (claims) => ({ ...claims, groups: ["cowork-eu"], cnf: { jkt: key.thumbprint } }),
  });
  closers.push(issuer.close);
  await writePolicy((policy) => {
    Object.assign(policy.issuers[0], { issuer: issuer.issuer, replay: "dpop" });
  });
  const { url } = await start();
  const session = { refreshToken: "refresh-0", proofKey: key.text };
  const run = (dpop: boolean) =>
    obtain(
      helperConfigFor(issuer.issuer, tokenService(url, { dpop }), gateway),
      surroundings({ context: "background", session }),
    );
  expect(await run(true)).toMatchObject({ kind: "gateway-jwt" });
  expect(await failureOf(run(false))).toMatch(/^refused: .* refused: proof_missing \(trace /);
});

it("a device certificate is an identity of its own", async () => {
  const servers = await createAuthority("Servers");
  const devices = await createAuthority("Devices");
  const tls = await issueServerCertificate(servers);
  const leaf = await devices.issue({ subject: "CN=laptop-17", usages: ["clientAuth"] });
  const { start, writePolicy } = await world({
    listen: {
      host: "127.0.0.1",
      port: 0,
      tls: {
        certificateFile: file("server.pem", tls.chainPem).path,
        privateKeyFile: file("server.key", tls.keyPem).path,
      },
    },
    clientCertificate: { from: "tls" },
  });
  await writePolicy((policy) => {
    policy.deviceAuthorities = [
      {
        name: "laptops",
        certificates: devices.certificatePem,
        revocation: { kind: "short-lived", maxLifeHours: 168 },
      },
    ];
    policy.policies.push({
      name: "managed-laptops",
      from: "laptops",
      claims: { device: "laptop-\\d+" },
      geography: "eu",
      routes: ["gateway"],
      sessionSeconds: 900,
    });
  });
  const { url, events } = await start();
  const config = helperConfigFor(
    "https://login.example.com",
    tokenService(url.replace("http:", "https:")),
    {
      ...gateway,
      signIn: {
        kind: "device-certificate",
        certificate: file("device.pem", leaf.chainPem),
        privateKey: file("device.key", leaf.keyPem),
      },
      certificateAuthorities: file("ca.pem", servers.certificatePem),
    },
  );
  const around = surroundings({ context: "scheduled-task" });
  expect(await obtain(config, around)).toMatchObject({ kind: "gateway-jwt" });
  expect(events().at(-1)).toMatchObject({
    decision: "allow",
    device: "laptop-17",
    context: "scheduled-task",
  });
});
