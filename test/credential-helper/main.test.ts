import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { type HttpDouble, startHttpDouble } from "../services/http-double.ts";
import { type IdentityProvider, startIdentityProvider } from "../services/identity-provider.ts";
import { eachWithHelper } from "./support/built-once.ts";

/** The program that is shipped, with nothing of it replaced. */
const helper = eachWithHelper("credential-helper/main.ts");

describe("the program alone", () => {
  it("says on a computer without configuration where one belongs", async () => {
    const { code, stdout, stderr } = await helper.sandbox.run();
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toBe(
      "cowork-credential-helper: configuration: there is no /etc/cowork/credential-helper.json: install the credential helper's package of your geography's profile set (exit 3)\n",
    );
  });

  it("tells its version and its usage", async () => {
    const kit = JSON.parse(readFileSync("package.json", "utf8"));
    expect((await helper.sandbox.run({ args: ["--version"] })).stdout).toBe(`${kit.version}\n`);
    expect((await helper.sandbox.run({ args: ["--help"] })).stdout).toBe(
      [
        "cowork-credential-helper [--config FILE] [--deadline SECONDS] [--debug]",
        "    prints the credential Claude Desktop asks for, and nothing else",
        "cowork-credential-helper doctor [--json] [--config FILE] [--debug]",
        "    explains each step, signs nobody in",
        "cowork-credential-helper sign-out [--debug]",
        "    removes the credential and the session from this computer",
        "cowork-credential-helper --version",
        "",
      ].join("\n"),
    );
  });

  it("refuses an argument it does not know", async () => {
    const { code, stdout, stderr } = await helper.sandbox.run({ args: ["--jsn"] });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      'cowork-credential-helper: usage: unknown argument "--jsn": --help shows what there is (exit 2)\n',
    );
  });
});

describe("with a real provider and a stand-in for the token service", () => {
  let provider: IdentityProvider;
  let service: HttpDouble;
  beforeEach(async () => {
    provider = await startIdentityProvider();
    service = await startHttpDouble({ answer: () => ({ body: answer(), delayMs: 300 }) });
    helper.sandbox.configure({
      provider: "gateway",
      signIn: {
        kind: "oidc",
        issuer: provider.issuer,
        clientId: provider.clientId,
        deviceCode: "always",
      },
      exchange: { kind: "token-service", url: service.url },
    });
  });
  afterEach(() => Promise.all([provider.close(), service.close()]));

  const args = () => ["--config", helper.sandbox.config];
  const asked = () => service.requests.filter(({ path }) => path === "/v1/token").length;
  let issued = 0;
  const answer = () => ({
    token: `credential-${++issued}`,
    kind: "gateway-jwt",
    expiresAtEpochSeconds: Math.floor(Date.now() / 1000) + 3600,
    geography: "eu",
    route: "frankfurt",
    traceId: "0123456789abcdef0123456789abcdef",
  });

  const signIn = () =>
    helper.sandbox.run({
      args: args(),
      context: "interactive",
      during: ({ stderr }) => {
        stderr?.on("data", (text: string) => {
          const code = /enter the code (\S+)/.exec(text)?.[1];
          if (code !== undefined) void provider.approveDevice(code, "alice");
        });
      },
    });

  it("signs in once, and renews for fifty cold starts by one exchange", async () => {
    const early = await helper.sandbox.run({ args: args(), context: "background" });
    expect([early.code, early.stdout]).toEqual([4, ""]);

    const person = await signIn();
    expect([person.code, person.stdout]).toEqual([0, "credential-1"]);
    expect(asked()).toBe(1);
    expect((await helper.sandbox.run({ args: args() })).stdout).toBe("credential-1");
    expect(asked()).toBe(1);

    rmSync(join(helper.sandbox.cache, "credential"));
    const results = await Promise.all(
      Array.from({ length: 50 }, () => helper.sandbox.run({ args: args(), context: "background" })),
    );
    expect(new Set(results.map(({ stdout }) => stdout))).toEqual(new Set(["credential-2"]));
    expect(new Set(results.map(({ stderr }) => stderr))).toEqual(new Set([""]));
    expect(asked()).toBe(2);
    expect(provider.hits("token:refresh_token")).toBe(1);
  });

  it("gives nothing to a person who was disabled, then and after signing out", async () => {
    await signIn();
    rmSync(join(helper.sandbox.cache, "credential"));
    provider.disable("alice");
    const { code, stdout } = await helper.sandbox.run({ args: args(), context: "background" });
    expect([code, stdout]).toEqual([4, ""]);
    expect((await helper.sandbox.run({ args: ["sign-out"] })).code).toBe(0);
    expect((await helper.sandbox.run({ args: args() })).code).toBe(4);
    expect(asked()).toBe(1);
  });
});
