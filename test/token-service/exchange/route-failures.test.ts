import { describe, expect, test } from "vitest";

import { ExchangeError } from "../../../exchange/exchange.ts";
import { routeProblems } from "../../../token-service/exchange/route-problems.ts";
import { device, exchanges, person } from "./fake-clouds.ts";
import { servedRoutes } from "./served-routes.ts";

type Name = keyof typeof servedRoutes;
const grant = { sessionSeconds: 900, models: undefined };
const remote = (Object.keys(servedRoutes) as Name[]).filter((name) => name !== "gateway");
const hostOf: Readonly<Record<string, string>> = {
  "bedrock-assume": "sts.eu-central-1.amazonaws.com",
  "bedrock-web": "sts.eu-central-1.amazonaws.com",
  "mantle-assume": "sts.eu-central-1.amazonaws.com",
  "mantle-web": "sts.eu-central-1.amazonaws.com",
  "vertex-impersonate": "iamcredentials.googleapis.com",
  "vertex-workforce": "sts.googleapis.com",
  "foundry-federated": "login.microsoftonline.com",
  "foundry-obo": "login.microsoftonline.com",
};
const failures: readonly (readonly [
  string,
  (healthy: () => Response) => Response,
  string,
  number,
])[] = [
  ["is down", () => new Response("secret", { status: 503 }), "unavailable", 3],
  ["throttles", () => new Response("{}", { status: 429 }), "unavailable", 3],
  [
    "drops the connection",
    () => {
      throw new TypeError("secret");
    },
    "unavailable",
    3,
  ],
  ["refuses", () => new Response('{"error":"secret"}', { status: 403 }), "refused", 1],
  ["does not know the account", () => new Response("{}", { status: 404 }), "refused", 1],
  ["answers with a page", () => new Response("<html>secret</html>"), "refused", 1],
  ["answers with nothing", () => new Response(""), "refused", 1],
  ["answers with an empty object", () => new Response("{}"), "refused", 1],
  [
    "redirects",
    () => new Response("", { status: 307, headers: { location: "https://secret.example.com" } }),
    "refused",
    1,
  ],
  ["answers with too much", () => new Response("x".repeat(70_000)), "refused", 1],
];

describe.each(remote)("%s: no failure ends in another credential", (name) => {
  test.each(failures)("when the provider %s", async (_, failure, kind, attempts) => {
    const { exchange, context, sent } = await exchanges((host, healthy) =>
      host === hostOf[name] ? failure(healthy) : healthy(),
    );
    const result = await exchange(servedRoutes[name], person, grant, context).catch(
      (e: unknown) => e,
    );
    expect(result).toBeInstanceOf(ExchangeError);
    expect((result as ExchangeError).kind).toBe(kind);
    expect((result as ExchangeError).host).toBe(hostOf[name]);
    expect((result as ExchangeError).message).not.toMatch(/secret|eyJ/);
    // Every attempt is the same request: nothing longer, nothing wider, nobody else.
    const asked = sent.filter(({ url }) => new URL(url).host === hostOf[name]);
    expect(asked).toHaveLength(attempts);
    expect(new Set(asked.map(({ url, body }) => `${url} ${body}`)).size).toBe(1);
  });

  test("when the provider gives a longer life than was asked", async () => {
    const { exchange, context } = await exchanges((_, healthy) => healthy(), { lifeSeconds: 3600 });
    const result = await exchange(servedRoutes[name], person, grant, context).catch(
      (e: unknown) => e,
    );
    expect(result).toBeInstanceOf(ExchangeError);
    expect((result as ExchangeError).kind).toBe("refused");
    expect((result as ExchangeError).message).toContain(
      `${hostOf[name]} gave a credential of 3600 s where 900 s are allowed; `,
    );
  });
});

describe("the platform's own identity", () => {
  test.each([
    ["vertex-impersonate", "metadata.google.internal", "is not Google's metadata server"],
    ["foundry-federated", "localhost:42356", "refused (status 404)"],
    ["foundry-obo", "localhost:42356", "refused (status 404)"],
  ] as const)(
    "%s: nothing without it, and nothing in its place",
    async (name, platform, message) => {
      const { exchange, context, sent } = await exchanges((host, healthy) =>
        host === platform ? new Response("secret", { status: 404 }) : healthy(),
      );
      const result = await exchange(servedRoutes[name], person, grant, context).catch(
        (e: unknown) => e,
      );
      expect((result as ExchangeError).message).toBe(`${platform} ${message}`);
      expect(sent.map(({ url }) => new URL(url).host)).toEqual([platform]);
    },
  );

  test("is asked for once, however many people ask, until shortly before its end", async () => {
    const { exchange, context, sent, pass } = await exchanges((_, healthy) => healthy());
    const asked = () => sent.filter(({ url }) => url.startsWith("http://localhost")).length;
    const ask = () => exchange(servedRoutes["foundry-federated"], person, grant, context);
    await Promise.all([ask(), ask(), ask()]);
    pass(86_279);
    await ask();
    expect(asked()).toBe(1);
    pass(1);
    // The double's token is over by then, which a platform's is not: it is asked for again, and refused.
    await ask().catch(() => undefined);
    expect(asked()).toBe(2);
  });

  test("a failure of it is not remembered", async () => {
    let down = true;
    const { exchange, context } = await exchanges((host, healthy) =>
      host === "metadata.google.internal" && down ? new Response("", { status: 404 }) : healthy(),
    );
    const ask = () => exchange(servedRoutes["vertex-impersonate"], person, grant, context);
    await expect(ask()).rejects.toBeInstanceOf(ExchangeError);
    down = false;
    expect((await ask()).token).toBe("ya29.i");
  });
});

describe("a provider that stays down", () => {
  test("is left alone after five requests, by its own routes only, and tried again by one", async () => {
    let down = true;
    const { exchange, context, sent, pass } = await exchanges((host, healthy) =>
      down && host.startsWith("sts.eu-central-1") ? new Response("", { status: 503 }) : healthy(),
    );
    const ask = (name: Name) => exchange(servedRoutes[name], person, grant, context);
    for (let n = 0; n < 5; n += 1)
      await expect(ask("bedrock-assume")).rejects.toThrow("cannot answer now");
    expect(sent).toHaveLength(15);
    for (const name of ["bedrock-web", "mantle-assume"] as const)
      await expect(ask(name)).rejects.toThrow(
        "sts.eu-central-1.amazonaws.com failed 5 times in a row and is left alone for now",
      );
    expect(sent).toHaveLength(15);
    expect((await ask("vertex-workforce")).token).toBe("ya29.w");
    down = false;
    pass(10);
    expect((await ask("bedrock-assume")).kind).toBe("bedrock-api-key");
    expect((await ask("bedrock-web")).kind).toBe("bedrock-api-key");
  });

  test("is named for what it is: here the platform, without which the provider cannot be asked", async () => {
    const { exchange, context, sent } = await exchanges((host, healthy) =>
      host.startsWith("localhost") ? new Response("", { status: 500 }) : healthy(),
    );
    const ask = () => exchange(servedRoutes["foundry-federated"], person, grant, context);
    for (let n = 0; n < 5; n += 1) await expect(ask()).rejects.toThrow("cannot answer now");
    await expect(ask()).rejects.toThrow(
      "localhost:42356 failed 5 times in a row and is left alone for now",
    );
    expect(sent).toHaveLength(15);
  });

  test("is not what people who hang up make of it: theirs are no failures of the provider", async () => {
    const { exchange, context } = await exchanges((_, healthy) => healthy());
    const ask = (more: Partial<typeof context> = {}) =>
      exchange(servedRoutes["vertex-workforce"], person, grant, { ...context, ...more });
    for (let n = 0; n < 20; n += 1) {
      const caller = new AbortController();
      const hangUp = async (): Promise<Response> => {
        caller.abort();
        throw new TypeError("aborted");
      };
      await expect(ask({ fetch: hangUp, signal: caller.signal })).rejects.toThrow(
        "sts.googleapis.com was not waited for any longer",
      );
    }
    expect((await ask()).token).toBe("ya29.w");
  });

  test("is left alone also when whoever asked gives up after the first failure", async () => {
    const { exchange, context } = await exchanges((_, healthy) => healthy());
    for (let n = 0; n < 5; n += 1) {
      const caller = new AbortController();
      let attempts = 0;
      const slow = async (): Promise<Response> => {
        attempts += 1;
        if (attempts === 2) caller.abort();
        throw new TypeError("dropped");
      };
      await expect(
        exchange(servedRoutes["vertex-workforce"], person, grant, {
          ...context,
          fetch: slow,
          signal: caller.signal,
        }),
      ).rejects.toBeInstanceOf(ExchangeError);
    }
    await expect(
      exchange(servedRoutes["vertex-workforce"], person, grant, context),
    ).rejects.toThrow("sts.googleapis.com failed 5 times in a row and is left alone for now");
  });

  test("refusals open nothing", async () => {
    const { exchange, context } = await exchanges(() => new Response("{}", { status: 403 }));
    for (let n = 0; n < 8; n += 1)
      await expect(
        exchange(servedRoutes["vertex-workforce"], person, grant, context),
      ).rejects.toThrow("sts.googleapis.com refused (status 403)");
  });
});

describe("what can be seen at start", () => {
  test("a route that can work has no problem", () => {
    for (const route of Object.values(servedRoutes))
      expect(routeProblems(route, "routes[0]")).toEqual([]);
  });

  test("every problem is named, with its place", () => {
    const route = structuredClone(servedRoutes["bedrock-assume"]);
    const wrong = {
      ...route,
      partition: "aws-us-gov",
      models: [{ id: "eu.anthropic.claude-opus-5-5" }],
      exchange: {
        ...route.exchange,
        sessionTags: { "Cowork:user": "x", "AWS:x": "x", "a*": "x", "": "x", team: "x" },
      },
    };
    expect(routeProblems(wrong as typeof route, "routes[0]")).toEqual([
      { path: "routes[0]", reason: "region eu-central-1 is not in partition aws-us-gov" },
      {
        path: "routes[0].models",
        reason:
          'no session policy can be written: "eu.anthropic.claude-opus-5-5" is the id of a profile: say which modelId is behind it',
      },
      ...[
        'session tag "Cowork:user": names that start with cowork: are the service\'s own',
        'session tag "AWS:x": names that start with aws: are AWS\'s own',
        'session tag "a*": AWS takes letters, digits, spaces and _.:/=+-@, at most 128',
        'session tag "": AWS takes letters, digits, spaces and _.:/=+-@, at most 128',
      ].map((reason) => ({ path: "routes[0].exchange.sessionTags", reason })),
    ]);
  });

  test("a certificate is enough where nothing is handed on", async () => {
    const { exchange, context } = await exchanges((_, healthy) => healthy());
    for (const name of [
      "bedrock-assume",
      "mantle-assume",
      "vertex-impersonate",
      "foundry-federated",
      "gateway",
    ] as const)
      expect((await exchange(servedRoutes[name], device, grant, context)).token).not.toBe("");
  });
});
