import { describe, expect, it } from "vitest";

import { tokenServiceGoogle } from "../../stacks/token-service-google-schema.ts";

const certificate = "projects/example-claude-eu/locations/europe-west3/certificates/tokens";
const network = { subnetCidr: "10.60.0.0/26", proxies: { kind: "create", cidr: "10.60.0.64/26" } };
const store = {
  kind: "existing",
  url: "rediss://store.example.com:6379",
  cidrs: ["10.70.0.0/28"],
  passwordSecret: "projects/example-stores/secrets/cowork-store",
};

const problems = (value: unknown) => {
  const { error } = tokenServiceGoogle.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
};

describe("a token service at Google in a stack file", () => {
  it("needs a certificate and a network; the rest has defaults", () => {
    expect(tokenServiceGoogle.parse({ certificate, network })).toEqual({
      certificate,
      network: { ...network, googleApisExist: false },
      store: { kind: "create", connectionPolicyExists: false },
      deletionProtection: true,
    });
  });

  it("may stand in another network, use a store of the company's own and an older certificate", () => {
    const given = {
      certificate: "projects/example-claude-eu/regions/europe-west3/sslCertificates/tokens",
      network: {
        network: "projects/example-claude-eu/global/networks/hub",
        subnetCidr: "10.60.0.0/26",
        proxies: { kind: "existing" },
        googleApisExist: true,
      },
      store,
      maxReplicas: 8,
      binaryAuthorization: "project-default",
      deletionProtection: false,
    };
    expect(tokenServiceGoogle.parse(given)).toEqual(given);
  });

  it.each<[string, unknown, readonly string[]]>([
    [
      "nothing",
      {},
      [
        "certificate: Invalid input: expected string, received undefined",
        "network: Invalid input: expected object, received undefined",
      ],
    ],
    [
      "a certificate that is none",
      { certificate: "tokens", network },
      [
        "certificate: projects/p/locations/europe-west3/certificates/c, or .../regions/europe-west3/sslCertificates/c",
      ],
    ],
    ["a key nobody knows", { certificate, network, replica: 2 }, [': Unrecognized key: "replica"']],
    [
      "no word about proxies",
      { certificate, network: { subnetCidr: "10.60.0.0/26" } },
      ["network.proxies: Invalid input: expected object, received undefined"],
    ],
    [
      "a range that is none",
      { certificate, network: { ...network, subnetCidr: "10.60.0.0" } },
      ["network.subnetCidr: an IPv4 range such as 10.40.0.0/16"],
    ],
    [
      "a password in the store's address",
      { certificate, network, store: { ...store, url: "rediss://me:secret@store.example.com" } },
      ["store.url: rediss://host:port, without user and password"],
    ],
    [
      "a store without TLS",
      { certificate, network, store: { ...store, url: "redis://store.example.com" } },
      ["store.url: rediss://host:port, without user and password"],
    ],
    [
      "one version of a password",
      {
        certificate,
        network,
        store: { ...store, passwordSecret: `${store.passwordSecret}/versions/1` },
      },
      ["store.passwordSecret: projects/p/secrets/s, without a version"],
    ],
    [
      "a node type of another cloud",
      { certificate, network, store: { kind: "create", nodeType: "db.t4g.small" } },
      ["store.nodeType: a node type such as STANDARD_SMALL"],
    ],
    [
      "a bound below two",
      { certificate, network, maxReplicas: 1 },
      ["maxReplicas: Too small: expected number to be >=2"],
    ],
  ])("is refused with %s", (_, value, says) => {
    expect(problems(value)).toEqual(says);
  });
});
