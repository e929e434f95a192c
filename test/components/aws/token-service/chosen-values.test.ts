import { describe, expect, it } from "vitest";

import { createdForService } from "../../../../components/aws/token-service/plan.ts";
import { readConfig } from "../../../../token-service/config/read-config.ts";
import { existingStore, planOf } from "./support.ts";

const storeUrl =
  "rediss://clustercfg.cowork-tokens-example-eu.ab12cd.memorydb.eu-central-1.amazonaws.com:6379";
const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f";

/** The service's own reader, on what the component writes and what a parameter brings in. */
const read = (variables: Record<string, string>, change: Parameters<typeof planOf>[0] = {}) => {
  const { storeUrl: url, signingKey } = createdForService(
    planOf({ signs: true, ...change }),
    undefined,
  );
  const config = {
    configVersion: 1,
    geography: "eu",
    publicUrl: "https://tokens.eu.example.com",
    routes: [
      {
        name: "gateway",
        provider: "gateway",
        audience: "https://gateway.example.com",
        exchange: { kind: "jwt" },
        models: [{ id: "m" }],
      },
    ],
    signingKeys: [signingKey],
    store: { kind: "redis", url, durability: "managed" },
    trustPolicy: { file: "/etc/policy.yaml" },
  };
  return readConfig({
    file: undefined,
    env: { COWORK_TOKEN_SERVICE_CONFIG: JSON.stringify(config), ...variables },
    readFile: () => Promise.reject(new Error()),
  });
};
const chosen = { COWORK_STORE_URL: storeUrl, COWORK_SIGNING_KEY_ARN: keyArn };
const title = "COWORK_TOKEN_SERVICE_CONFIG is no usable configuration:";

describe("what AWS chose", () => {
  it("is taken when it is this cluster's address and a key of this account and region", async () => {
    expect(await read(chosen)).toMatchObject({
      config: {
        store: { kind: "redis", url: storeUrl },
        signingKeys: [{ kind: "aws-kms", keyArn, region: "eu-central-1" }],
      },
    });
  });

  it.each([
    ["another cluster", "clustercfg.other.ab12cd.memorydb.eu-central-1.amazonaws.com:6379"],
    [
      "another region",
      "clustercfg.cowork-tokens-example-eu.ab12cd.memorydb.us-east-1.amazonaws.com:6379",
    ],
    [
      "a host that only begins like it",
      "clustercfg.cowork-tokens-example-eu.ab12cd.memorydb.eu-central-1.amazonaws.com.example.com:6379",
    ],
    [
      "a host that only ends like it",
      "example.com/.cowork-tokens-example-eu.ab12cd.memorydb.eu-central-1.amazonaws.com:6379",
    ],
    [
      "another port, where tasks reach more than the store",
      "clustercfg.cowork-tokens-example-eu.ab12cd.memorydb.eu-central-1.amazonaws.com:443",
    ],
    [
      "somebody to sign in as",
      "me:x@clustercfg.cowork-tokens-example-eu.ab12cd.memorydb.eu-central-1.amazonaws.com:6379",
    ],
  ])("is no address with %s", async (_, host) => {
    expect(await read({ ...chosen, COWORK_STORE_URL: `rediss://${host}` })).toEqual({
      title,
      problems: [
        {
          path: "store.url",
          reason:
            "comes from the variable COWORK_STORE_URL, which is not of the form rediss://*.cowork-tokens-example-eu.*.memorydb.eu-central-1.amazonaws.com:6379",
        },
      ],
    });
  });

  it("is no address without TLS", async () => {
    const plain = storeUrl.replace("rediss:", "redis:");
    expect(await read({ ...chosen, COWORK_STORE_URL: plain })).toMatchObject({
      problems: [{ path: "store.url" }],
    });
  });

  it.each([
    keyArn.replace("111122223333", "999988887777"),
    keyArn.replace("eu-central-1", "us-east-1"),
    "arn:aws:kms:eu-central-1:111122223333:alias/tokens",
  ])("is no key such as %s", async (arn) => {
    expect(await read({ ...chosen, COWORK_SIGNING_KEY_ARN: arn })).toEqual({
      title,
      problems: [
        {
          path: "signingKeys[0].keyArn",
          reason:
            "comes from the variable COWORK_SIGNING_KEY_ARN, which is not of the form arn:aws:kms:eu-central-1:111122223333:key/*",
        },
      ],
    });
  });

  it("is asked for by name when it is missing, all at once", async () => {
    expect(await read({})).toEqual({
      title,
      problems: [
        {
          path: "store.url",
          reason: "comes from the variable COWORK_STORE_URL, which is not set",
        },
        {
          path: "signingKeys[0].keyArn",
          reason: "comes from the variable COWORK_SIGNING_KEY_ARN, which is not set",
        },
      ],
    });
  });

  it("is not asked for where the company's own store is named", async () => {
    const { COWORK_SIGNING_KEY_ARN } = chosen;
    const own = await read({ COWORK_SIGNING_KEY_ARN }, { store: existingStore });
    expect(own).toMatchObject({ config: { store: { url: "rediss://store.example.com:6380" } } });
    // What the configuration does not refer to has no say.
    const more = await read(
      { COWORK_SIGNING_KEY_ARN, COWORK_STORE_URL: storeUrl },
      { store: existingStore },
    );
    expect(more).toEqual(own);
  });
});
