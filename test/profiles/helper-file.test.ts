import { describe, expect, test } from "vitest";

import type { HelperConfig, HelperExchange } from "../../contract/helper-config.ts";
import { type StackOutputs, stackOutputs } from "../../contract/outputs.ts";
import { renderProfileSet } from "../../profiles/profile-set.ts";
import { example } from "./support/examples.ts";

const roleArn = "arn:aws:iam::111122223333:role/cowork/example-eu-frankfurt";
const bedrock: HelperExchange = {
  kind: "bedrock",
  partition: "aws",
  region: "eu-central-1",
  roleArn,
  sessionSeconds: 3600,
};

interface Changes {
  readonly helper?: Partial<HelperConfig>;
  readonly path?: string;
  readonly windowsPath?: string;
  readonly tokenService?: StackOutputs["tokenService"];
}

/** The European example, its laptops running the kit's own helper. */
function outputs({ helper, tokenService, ...paths }: Changes = {}): StackOutputs {
  const given = example("eu");
  const [route] = given.routes;
  if (route?.provider !== "bedrock" || route.signIn.kind !== "oidc") throw new Error("changed");
  route.signIn.roleArn = roleArn;
  route.desktop = {
    kind: "helper-script",
    path: "/opt/cowork/bin/credential-helper",
    windowsPath: "C:\\Program Files\\Cowork\\credential-helper.exe",
    ttlSeconds: 900,
    ...paths,
    helper: {
      helperConfigVersion: 1,
      organization: given.organization.name,
      geography: "eu",
      route: "frankfurt",
      provider: "bedrock",
      ttlSeconds: 900,
      signIn: {
        kind: "oidc",
        issuer: "https://login.example.com",
        clientId: "cowork-desktop",
        scopes: "openid offline_access",
        redirectPath: "/callback",
        deviceCode: "fallback",
        keepRefreshToken: true,
      },
      exchange: bedrock,
      ...helper,
    },
  };
  return stackOutputs.parse({ ...given, ...(tokenService === undefined ? {} : { tokenService }) });
}

function refusal(changes: Changes): string[] {
  try {
    renderProfileSet(outputs(changes));
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
  throw new Error("was not refused");
}

const tokenService: NonNullable<StackOutputs["tokenService"]> = {
  url: "https://tokens.eu.example.com",
  routes: ["frankfurt"],
  longestSessionSeconds: 3600,
  remainingSteps: [],
};
const asked: HelperExchange = {
  kind: "token-service",
  url: "https://tokens.eu.example.com",
  present: "id_token",
  dpop: false,
};
const at = "  routes[0].desktop.helper";

describe("the file the kit's own helper reads", () => {
  test("is the helper's configuration, byte for byte the same each time", () => {
    const [first, second] = [outputs(), outputs()].map(
      (given) => renderProfileSet(given).files.find((f) => f.channel === "credential-helper")!,
    );
    expect(first!.path).toBe("eu/frankfurt/credential-helper.json");
    expect(first!.bytes.equals(second!.bytes)).toBe(true);
    expect(JSON.parse(first!.bytes.toString("utf8"))).toMatchObject({
      geography: "eu",
      exchange: { kind: "bedrock", region: "eu-central-1" },
    });
  });

  test("is not written for somebody else's program", () => {
    const { files } = renderProfileSet(example("eu"));
    expect(files.filter(({ channel }) => channel === "credential-helper")).toEqual([]);
  });

  test("names the stack's token service where there is one", () => {
    const { files } = renderProfileSet(outputs({ helper: { exchange: asked }, tokenService }));
    expect(files.map(({ channel }) => channel)).toContain("credential-helper");
  });

  test.each<[string, Changes, string[]]>([
    [
      "a path nothing is installed at",
      { path: "/opt/helper", windowsPath: "D:\\helper.exe" },
      [
        '  routes[0].desktop.path: "/opt/helper" is not where the kit\'s helper is installed; write "/opt/cowork/bin/credential-helper", or leave helper out',
        '  routes[0].desktop.windowsPath: "D:\\helper.exe" is not where the kit\'s helper is installed; write "C:\\Program Files\\Cowork\\credential-helper.exe", or leave helper out',
      ],
    ],
    [
      "another geography, organization, route, provider and TTL",
      {
        helper: {
          geography: "us",
          organization: "other",
          route: "ireland",
          provider: "mantle",
          ttlSeconds: 1000,
        },
      },
      [
        `${at}.geography: "us" differs from the stack, which has "eu"`,
        `${at}.organization: "other" differs from the stack, which has "Example Corp"`,
        `${at}.route: "ireland" differs from its route, which has "frankfurt"`,
        `${at}.provider: "mantle" differs from its route, which has "bedrock"`,
        `${at}.ttlSeconds: 1000 differs from its profile, which has 900`,
      ],
    ],
    [
      "another region, partition and role",
      {
        helper: {
          exchange: {
            ...bedrock,
            partition: "aws-us-gov",
            region: "us-east-1",
            roleArn: `${roleArn}-other`,
          },
        },
      },
      [
        `${at}.exchange.region: "us-east-1" differs from its route, which has "eu-central-1"`,
        `${at}.exchange.partition: "aws-us-gov" differs from its route, which has "aws"`,
        `${at}.exchange.roleArn: "${roleArn}-other" differs from its route, which has "${roleArn}"`,
      ],
    ],
    [
      "a session shorter than the profile keeps a credential",
      { helper: { exchange: { ...bedrock, sessionSeconds: 900 } } },
      [
        `${at}.exchange.sessionSeconds: 900 s are too short for a profile that keeps a credential 900 s; write 960 at least`,
      ],
    ],
    [
      "another provider's exchange",
      { helper: { exchange: { kind: "entra", scope: "https://ai.azure.com/.default" } } },
      [`${at}.exchange.kind: gives no credential for bedrock`],
    ],
    [
      "a token service the stack does not have",
      { helper: { exchange: asked } },
      [`${at}.exchange: the stack has no token service`],
    ],
    [
      "another geography's token service, which does not serve the route",
      {
        helper: { exchange: { ...asked, url: "https://tokens.us.example.com" } },
        tokenService: { ...tokenService, routes: ["ireland"] },
      },
      [
        `${at}.exchange.url: "https://tokens.us.example.com" differs from the stack's service, which has "https://tokens.eu.example.com"`,
        `${at}.exchange: the token service gives no credential for "frankfurt"`,
      ],
    ],
  ])("is refused with %s", (_, changes, problems) => {
    expect(refusal(changes)).toEqual(problems);
  });
});
