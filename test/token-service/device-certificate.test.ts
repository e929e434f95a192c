import { writeFile } from "node:fs/promises";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  type Authority,
  createAuthority,
  issueServerCertificate,
  type Leaf,
} from "../services/certificates.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let service: Awaited<ReturnType<World["start"]>>;
let authority: Authority;
let below: Authority;
let port: number;
let crlFile: string;
beforeAll(async () => {
  authority = await createAuthority("Devices");
  const server = await issueServerCertificate(authority);
  world = await openWorld();
  const at = (name: string) => join(world.folder, name);
  crlFile = at("devices.crl");
  await writeFile(at("tls.pem"), server.chainPem);
  await writeFile(at("tls.key"), server.keyPem, { mode: 0o600 });
  below = await authority.intermediate("Below");
  await writeFile(crlFile, `${await authority.crl()}${await below.crl()}`);
  await world.writePolicy((policy) => {
    policy.deviceAuthorities = [
      {
        name: "fleet",
        certificates: authority.certificatePem,
        revocation: { kind: "crl", file: crlFile },
      },
    ];
    policy.policies.push({
      name: "fleet",
      from: "fleet",
      claims: { device: "laptop-[0-9]+" },
      geography: "eu",
      routes: ["gateway"],
      sessionSeconds: 900,
    });
  });
  const listen = {
    host: "127.0.0.1",
    port: 0,
    tls: { certificateFile: at("tls.pem"), privateKeyFile: at("tls.key") },
  };
  await writeFile(
    world.configFile,
    JSON.stringify({ ...world.config, listen, clientCertificate: { from: "tls" } }),
  );
  service = await world.start();
  port = Number(new URL(service.url).port);
});
afterAll(() => world.close());

interface Sent {
  readonly leaf?: Leaf;
  readonly headers?: Record<string, string>;
  /** Keeps TLS sessions for later connections. Default: none is kept. */
  readonly agent?: Agent;
  /** Default: a credential is asked for. */
  readonly path?: string;
  readonly body?: object;
}

function ask({
  leaf,
  headers,
  agent,
  path = "/v1/token",
  body = { geography: "eu", route: "gateway" },
}: Sent): Promise<{ status: number | undefined; code: unknown; kind: unknown }> {
  return new Promise((done, failed) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        path,
        method: "POST",
        ca: authority.certificatePem,
        agent: agent ?? false,
        ...(leaf ? { cert: leaf.chainPem, key: leaf.keyPem } : {}),
        headers: { "content-type": "application/json", ...headers },
      },
      async (response) => {
        const { code, kind } = JSON.parse(await text(response));
        done({ status: response.statusCode, code, kind });
      },
    );
    sent.on("error", failed);
    sent.end(JSON.stringify(body));
  });
}

const device = (from: Authority, name = "laptop-17", more: object = {}) =>
  from.issue({ subject: `CN=${name}`, usages: ["clientAuth"], ...more });

describe("a device certificate over TLS of the service's own", () => {
  it("of the fleet gets a credential, as often as it asks: TLS proves the key each time", async () => {
    const leaf = await device(authority);
    for (let times = 0; times < 2; times += 1) {
      expect(await ask({ leaf })).toEqual({ status: 200, code: undefined, kind: "gateway-jwt" });
    }
  });

  it("shows its key and its whole chain on each connection: no session is resumed", async () => {
    const leaf = await device(below);
    const agent = new Agent({ maxCachedSessions: 10 });
    const resumed: boolean[] = [];
    const connection = agent.createConnection.bind(agent);
    agent.createConnection = (...given) => {
      const socket = connection(...given);
      if (socket instanceof TLSSocket) {
        socket.once("secureConnect", () => resumed.push(socket.isSessionReused()));
      }
      return socket;
    };
    for (let times = 0; times < 3; times += 1) {
      expect((await ask({ leaf, agent })).status).toBe(200);
    }
    expect(resumed).toEqual([false, false, false]);
  });

  it("below an intermediate gets one too, and none while that one publishes no revocation list", async () => {
    expect((await ask({ leaf: await device(below) })).status).toBe(200);
    const silent = await authority.intermediate("Silent");
    expect((await ask({ leaf: await device(silent) })).code).toBe("certificate_untrusted");
  });

  it("of strangers, for servers, expired, revoked or of another name gets none", async () => {
    const revoked = await device(authority, "laptop-18");
    await writeFile(crlFile, await authority.crl({ revoked: [revoked.serialNumber] }));
    const refused = async (leaf: Promise<Leaf> | Leaf) => (await ask({ leaf: await leaf })).code;
    expect(await refused(device(await createAuthority("Devices")))).toBe("certificate_untrusted");
    expect(await refused(device(authority, "laptop-17", { usages: ["serverAuth"] }))).toBe(
      "certificate_usage",
    );
    expect(await refused(device(authority, "laptop-17", { validity: "expired" }))).toBe(
      "certificate_expired",
    );
    expect(await refused(device(authority, "printer"))).toBe("policy_none");
    await expect
      .poll(() => refused(revoked), { timeout: 60_000, interval: 500 })
      .toBe("certificate_revoked");
  });

  it("is refused once its key is revoked, by the thumbprint that its event names; another key of the device is not", async () => {
    const leaf = await device(authority, "laptop-19");
    expect((await ask({ leaf })).status).toBe(200);
    const key = service.events().findLast((event) => event.device === "laptop-19")?.keyThumbprint;
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const authorization = `Bearer ${await world.token("root")}`;
    const body = { subject: { by: "key", value: key }, reason: "copied" };
    const revoked = await ask({ path: "/v1/revocations", headers: { authorization }, body });
    expect(revoked.status).toBe(200);
    expect((await ask({ leaf })).code).toBe("revoked");
    expect((await ask({ leaf: await device(authority, "laptop-19") })).status).toBe(200);
  });

  it("beside a token is one identity too many, none at all is missing, and one in a header is smuggled", async () => {
    const leaf = await device(authority);
    const authorization = `Bearer ${await world.token("alice")}`;
    expect((await ask({ leaf, headers: { authorization } })).code).toBe("identity_ambiguous");
    expect((await ask({})).code).toBe("identity_missing");
    const header = { "x-amzn-mtls-clientcert-leaf": encodeURIComponent(leaf.certificatePem) };
    expect((await ask({ headers: header })).code).toBe("smuggled_identity");
    expect((await ask({ headers: { authorization } })).status).toBe(200);
  });
});
