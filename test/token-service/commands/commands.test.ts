import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openWorld, type World } from "../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function withConfig(change: (config: Record<string, unknown>) => void): Promise<string> {
  const config = structuredClone(world.config);
  change(config);
  const file = join(world.folder, `config-${Math.random()}.json`);
  await writeFile(file, JSON.stringify(config));
  return file;
}

describe("check", () => {
  it("says that a good configuration can be used, from a file or the environment", async () => {
    const fromFile = await world.run(["check", "--config", world.configFile]);
    expect([fromFile.code, fromFile.stdout, fromFile.stderr]).toEqual([
      0,
      "the configuration can be used\n",
      "",
    ]);
    const env = { COWORK_TOKEN_SERVICE_CONFIG: JSON.stringify(world.config) };
    expect((await world.run(["check"], { env })).code).toBe(0);
    const json = await world.run(["check", "--json"], { env });
    expect(JSON.parse(json.stdout)).toEqual({ ok: true, problems: [], notes: [] });
  });

  it("names every problem at once, with what was probably meant", async () => {
    const file = await withConfig((config) => {
      config.geografy = "eu";
      config.publicUrl = "http://tokens.example.com";
      delete config.geography;
      config.routes = [];
    });
    const { code, stdout, stderr } = await world.run(["check", "--config", file]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      [
        `${file} is no usable configuration:`,
        "  geography: Invalid input: expected string, received undefined",
        "  publicUrl: an https origin without path or credentials (http only on 127.0.0.1)",
        "  routes: Too small: expected array to have >=1 items",
        '  geografy: is no setting; did you mean "geography"?',
        "",
      ].join("\n"),
    );
  });

  it("names what does not belong together, and files that cannot be read", async () => {
    const [route] = world.config.routes as object[];
    const together = await withConfig((config) => {
      config.routes = [route, route];
      config.signingKeys = [];
      config.clientCertificate = { from: "tls" };
    });
    expect((await world.run(["check", "--config", together])).stderr).toBe(
      [
        `${together} is no usable configuration:`,
        '  routes[1].name: "gateway" is another route\'s name too',
        "  signingKeys: a gateway route needs a key that signs its tokens",
        "  clientCertificate.from: tls needs listen.tls: the service has to see the connection itself",
        "",
      ].join("\n"),
    );
    const missing = await withConfig((config) => {
      config.signingKeys = [{ kind: "file", path: "/nowhere/key.pem" }];
      config.trustPolicy = { file: "/nowhere/policy.json" };
    });
    expect((await world.run(["check", "--config", missing])).stderr).toBe(
      [
        "the configuration cannot be used:",
        "  signingKeys[0].path: /nowhere/key.pem cannot be read",
        "  trustPolicy: /nowhere/policy.json cannot be used:",
        "  file: cannot be read",
        "",
      ].join("\n"),
    );
  });

  it.each([
    {
      when: "nothing is given",
      args: [],
      env: {},
      says: "COWORK_TOKEN_SERVICE_CONFIG is no usable configuration:\n  configuration: is missing: pass --config FILE or set COWORK_TOKEN_SERVICE_CONFIG\n",
    },
    {
      when: "the file is missing",
      args: ["--config", "/nowhere.yaml"],
      env: {},
      says: "/nowhere.yaml is no usable configuration:\n  file: cannot be read (ENOENT)\n",
    },
    {
      when: "it is no YAML",
      args: [],
      env: { COWORK_TOKEN_SERVICE_CONFIG: "{" },
      says: "COWORK_TOKEN_SERVICE_CONFIG is no usable configuration:\n  file: is neither YAML nor JSON\n",
    },
  ])("when $when", async ({ args, env, says }) => {
    for (const command of ["check", "serve"]) {
      const { code, stderr } = await world.run([command, ...args], {
        env: env as Record<string, string>,
      });
      expect([code, stderr]).toEqual([1, says]);
    }
  });
});

describe("wrong usage", () => {
  it.each([
    {
      args: ["steal"],
      says: "error: unknown command 'steal'\n(--help lists every command and option)\n",
    },
    {
      args: ["revocations", "--url", "http://tokens.example.com"],
      says: "--url http://tokens.example.com: a token is sent there, so that it has to be an https origin without path or credentials (http only on 127.0.0.1)\n",
    },
    {
      args: ["revoke", "--url", "http://127.0.0.1:1", "--reason", "x", "--user", " \u200b"],
      says: "--user names nobody\n",
    },
    {
      args: ["revoke", "--url", "http://127.0.0.1:1", "--reason", "x"],
      says: "name one of --user, --device, --group, --key, --everything\n",
    },
    {
      args: [
        "revoke",
        "--url",
        "http://127.0.0.1:1",
        "--reason",
        "x",
        "--user",
        "a",
        "--everything",
      ],
      says: "name one of --user, --device, --group, --key, --everything\n",
    },
    {
      args: [
        "revoke",
        "--url",
        "http://127.0.0.1:1",
        "--user",
        "a",
        "--reason",
        "x",
        "--until",
        "2001-01-01",
      ],
      says: "--until takes a date and time to come, like 2027-01-31T00:00:00Z\n",
    },
    {
      args: [
        "revoke",
        "--url",
        "http://127.0.0.1:1",
        "--config",
        "x",
        "--user",
        "a",
        "--reason",
        "x",
      ],
      says: "--url asks the service, --config writes to its store: pass one\n",
    },
    {
      args: ["revocations", "--url", "http://127.0.0.1:1"],
      says: "no token: set COWORK_ADMIN_TOKEN, or pass it on standard input\n",
    },
    {
      args: ["serve", "--metrics", "everywhere"],
      says: "--metrics takes an address like 127.0.0.1:9464, same-port or off\n",
    },
  ])("$args: 2", async ({ args, says }) => {
    const { code, stdout, stderr } = await world.run(args);
    expect([code, stdout, stderr]).toEqual([2, "", says]);
  });
});

it("a service that is not there, and one that is none", async () => {
  const env = { COWORK_ADMIN_TOKEN: "a.b.c" };
  const away = await world.run(["revocations", "--url", "http://127.0.0.1:1"], { env });
  expect([away.code, away.stderr]).toEqual([1, "http://127.0.0.1:1 does not answer\n"]);
  const other = await world.run(["revocations", "--url", world.provider.issuer], { env });
  expect([other.code, other.stderr]).toEqual([
    1,
    `${world.provider.issuer} is no token service (404)\n`,
  ]);
  const memory = await world.run(["revocations", "--config", world.configFile]);
  expect([memory.code, memory.stderr]).toEqual([
    1,
    "store.kind is memory, which only the service itself reaches; use --url\n",
  ]);
});

it("a port that is taken is one clear line", async () => {
  const { url } = await world.start();
  const port = Number(new URL(url).port);
  const file = await withConfig((config) => {
    config.listen = { host: "127.0.0.1", port };
  });
  const { code, stderr } = await world.run(["serve", "--metrics", "off", "--config", file]);
  expect([code, stderr]).toEqual([1, `cannot listen at 127.0.0.1:${port}: EADDRINUSE\n`]);
});

it("an administrator's revocation by command says how long offboarding takes, from standard input too", async () => {
  const { url } = await world.start();
  const alice = await world.token("alice");
  const mine = await world.run(["revoke", "--url", url, "--user", "bob", "--reason", "x"], {
    input: `${alice}\n`,
  });
  expect(mine.code).toBe(1);
  expect(mine.stderr).toMatch(
    /^refused: the trust policy does not name this identity among its administrators \(policy_none, trace [0-9a-f]{32}\)\n$/,
  );
  const { code, stdout } = await world.run(
    ["revoke", "--url", url, "--everything", "--reason", "test", "--until", "2099-01-01T00:00:00Z"],
    {
      input: `${await world.token("root")}\n`,
    },
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^everything: every request after \S+Z is refused\noffboarding takes 0 s: no credential given out before is known to live\n$/,
  );
});
