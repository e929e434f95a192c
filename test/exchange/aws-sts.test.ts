import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { assumeRole } from "../../exchange/aws-assume-role.ts";
import { usualAwsIdentity } from "../../exchange/aws-own-identity.ts";
import { stsEndpoint } from "../../exchange/aws-place.ts";
import { assumeRoleWithWebIdentity } from "../../exchange/aws-web-identity.ts";
import { bedrockKey } from "../../exchange/bedrock-key.ts";
import { type ExchangeContext, ExchangeError } from "../../exchange/exchange.ts";
import { type HttpDouble, startHttpDouble } from "../services/http-double.ts";
import { type MotoServer, startMotoServer } from "../services/moto-server.ts";
import { assumed, assumeRoleRequest, awsRole, ownKeys, webIdentityRequest } from "./sts-answers.ts";

const context: ExchangeContext = {
  fetch,
  now: () => Date.now(),
  signal: new AbortController().signal,
};

describe("against a real implementation of STS", () => {
  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMotoServer();
  });
  afterAll(() => moto.close());

  test("the service's own identity takes a session, of which a key is made", async () => {
    const session = await assumeRole(assumeRoleRequest(moto.url), context, ownKeys);
    expect(session.accessKeyId).toMatch(/^ASIA/);
    expect(session.sessionToken).toMatch(/.{16}/);
    const left = session.expiresAtEpochSeconds - Date.now() / 1000;
    expect(left).toBeGreaterThan(600);
    expect(left).toBeLessThanOrEqual(900);
    const key = bedrockKey({ session, region: "eu-central-1", lifeSeconds: 3600 }, context);
    expect(key.expiresAtEpochSeconds).toBe(session.expiresAtEpochSeconds);
  });

  test("a person's token takes one without any credential of AWS", async () => {
    const session = await assumeRoleWithWebIdentity(webIdentityRequest(moto.url), context);
    expect(session.sessionToken).toMatch(/.{16}/);
    expect(session.expiresAtEpochSeconds - Date.now() / 1000).toBeLessThanOrEqual(3600);
  });
});

describe("what STS is sent", () => {
  let sts: HttpDouble;
  beforeEach(async () => {
    sts = await startHttpDouble({ answer: () => ({ body: assumed("AssumeRole") }) });
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await sts.close();
  });

  test("awsRole, name, life, tags and policy, signed for the region by the service's keys", async () => {
    await assumeRole(assumeRoleRequest(sts.url), context, ownKeys);
    const sent = sts.requests[0]!;
    expect(Object.fromEntries(new URLSearchParams(sent.body))).toEqual({
      Action: "AssumeRole",
      Version: "2011-06-15",
      RoleArn: "arn:aws:iam::123456789012:role/cowork/eu-caller",
      RoleSessionName: "anna@example.com",
      DurationSeconds: "900",
      Policy: '{"Version":"2012-10-17","Statement":[]}',
      "Tags.member.1.Key": "cowork:geography",
      "Tags.member.1.Value": "eu",
      "Tags.member.2.Key": "cowork:user",
      "Tags.member.2.Value": "o=27brien",
    });
    expect(sent.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=ASIAEXAMPLEOWN000000\/\d{8}\/eu-central-1\/sts\/aws4_request, /,
    );
    expect(sent.headers["x-amz-security-token"]).toBe("own-session");
  });

  test.each([
    ["https://sts.eu-west-1.amazonaws.com", "eu-west-1"],
    ["https://vpce-1.sts.eu-west-1.vpce.amazonaws.com", "eu-west-1"],
    ["https://sts.internal.example.com", "eu-central-1"],
  ])("at %s the signature is for %s, whatever the route's region is", async (stsUrl, region) => {
    let authorization: string | null = "";
    const here: typeof fetch = async (_, init) => {
      authorization = new Headers(init?.headers).get("authorization");
      return new Response(assumed("AssumeRole"));
    };
    await assumeRole(assumeRoleRequest(stsUrl), { ...context, fetch: here }, ownKeys);
    expect(authorization).toContain(`/${region}/sts/aws4_request, `);
  });

  test("for a person's token: no signature, whatever keys the machine has", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "left over");
    sts.answerWith([{ body: assumed("AssumeRoleWithWebIdentity") }]);
    await assumeRoleWithWebIdentity(webIdentityRequest(sts.url), context);
    const sent = sts.requests[0]!;
    expect(Object.fromEntries(new URLSearchParams(sent.body))).toEqual({
      Action: "AssumeRoleWithWebIdentity",
      Version: "2011-06-15",
      RoleArn: "arn:aws:iam::123456789012:role/cowork/eu-caller",
      RoleSessionName: "anna@example.com",
      DurationSeconds: "3600",
      WebIdentityToken: "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0.",
    });
    expect(sent.headers.authorization).toBeUndefined();
    expect(JSON.stringify(sent)).not.toContain("AKIA");
  });

  test("nothing where the service has only a long-lived key, wherever it came from", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "left over");
    vi.stubEnv("AWS_SESSION_TOKEN", undefined);
    vi.stubEnv("AWS_PROFILE", undefined);
    const own = usualAwsIdentity("eu-central-1");
    await expect(assumeRole(assumeRoleRequest(sts.url), context, own)).rejects.toEqual(
      new ExchangeError(
        "refused",
        "the service's own AWS identity",
        "the service itself was given a long-lived AWS access key, which is not used; remove it and give its task, pod or instance a role",
      ),
    );
    expect(sts.requests).toEqual([]);
  });

  test("a session of its own is taken from the usual chain", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "ASIAEXAMPLEENV000000");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "for an hour");
    vi.stubEnv("AWS_SESSION_TOKEN", "from the environment");
    vi.stubEnv("AWS_PROFILE", undefined);
    await assumeRole(assumeRoleRequest(sts.url), context, usualAwsIdentity("eu-central-1"));
    expect(sts.requests[0]!.headers["x-amz-security-token"]).toBe("from the environment");
  });

  test("nothing where no credential is found for the service", async () => {
    const none = () => Promise.reject(new Error("secret detail"));
    await expect(assumeRole(assumeRoleRequest(sts.url), context, none)).rejects.toEqual(
      new ExchangeError(
        "unavailable",
        "the service's own AWS identity",
        "no AWS credentials were found for the service itself; give its task, pod or instance a role",
      ),
    );
  });

  test("nothing with tags AWS would not take", async () => {
    const long = { ...assumeRoleRequest(sts.url), tags: { "cowork:user": "u".repeat(257) } };
    await expect(assumeRole(long, context, ownKeys)).rejects.toThrow(
      "the session tags cowork:user would be longer than the 256 characters AWS takes",
    );
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`t${n}`, ""]));
    await expect(
      assumeRole({ ...assumeRoleRequest(sts.url), tags: many }, context, ownKeys),
    ).rejects.toThrow("51 session tags are more than the 50 AWS takes");
    expect(sts.requests).toEqual([]);
  });
});

describe("which STS is asked", () => {
  test.each([
    [awsRole, "https://sts.eu-central-1.amazonaws.com"],
    [
      {
        partition: "aws-us-gov",
        region: "us-gov-west-1",
        roleArn: "arn:aws-us-gov:iam::123456789012:role/x",
      },
      "https://sts.us-gov-west-1.amazonaws.com",
    ],
    [
      { ...awsRole, stsUrl: "https://vpce-1.sts.eu-central-1.vpce.amazonaws.com" },
      "https://vpce-1.sts.eu-central-1.vpce.amazonaws.com",
    ],
    [{ ...awsRole, region: "us-east-1" }, "https://sts.us-east-1.amazonaws.com"],
  ] as const)("%j: %s", (place, url) => {
    expect(stsEndpoint(place)).toBe(url);
  });

  test.each([
    [
      { ...awsRole, stsUrl: "https://sts.amazonaws.com" },
      "the global STS host is not bound to a region; name a regional one",
    ],
    [{ ...awsRole, region: "us-gov-west-1" }, "region us-gov-west-1 is not in partition aws"],
    [{ ...awsRole, partition: "aws-us-gov" }, "region eu-central-1 is not in partition aws-us-gov"],
    [
      { ...awsRole, roleArn: "arn:aws-us-gov:iam::123456789012:role/x" },
      "the role is not in partition aws",
    ],
  ] as const)("%j is refused", (place, message) => {
    expect(() => stsEndpoint(place)).toThrow(message);
  });

  test("settings of the machine change nothing about it", async () => {
    vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "true");
    vi.stubEnv("AWS_USE_DUALSTACK_ENDPOINT", "true");
    vi.stubEnv("AWS_STS_REGIONAL_ENDPOINTS", "legacy");
    vi.stubEnv("AWS_REGION", "us-east-1");
    vi.stubEnv("AWS_ENDPOINT_URL", "https://elsewhere.example.com");
    vi.stubEnv("AWS_ENDPOINT_URL_STS", "https://elsewhere.example.com");
    const asked: string[] = [];
    const recording: typeof fetch = async (url) => {
      asked.push(String(url));
      return new Response(assumed("AssumeRoleWithWebIdentity"));
    };
    try {
      const { stsUrl: _, ...regional } = webIdentityRequest("");
      await assumeRoleWithWebIdentity(regional, { ...context, fetch: recording });
      await assumeRole(
        { ...assumeRoleRequest(""), stsUrl: undefined },
        {
          ...context,
          fetch: async (url) => {
            asked.push(String(url));
            return new Response(assumed("AssumeRole"));
          },
        },
        ownKeys,
      );
    } finally {
      vi.unstubAllEnvs();
    }
    expect(asked).toEqual([
      "https://sts.eu-central-1.amazonaws.com/",
      "https://sts.eu-central-1.amazonaws.com/",
    ]);
  });
});
