import { describe, expect, it } from "vitest";

import type { GoogleTokenServiceArgs } from "../../../../components/gcp/token-service/args.ts";
import { checkTokenService } from "../../../../components/gcp/token-service/checks.ts";
import { us } from "../stores.ts";
import {
  authority,
  caller,
  certificate,
  digest,
  existingStore,
  image,
  key,
  laptop,
  network,
  serviceArgs,
} from "./support.ts";

type Change = Partial<GoogleTokenServiceArgs>;
const problems = (change: Change = {}) =>
  checkTokenService(serviceArgs(change)).map(({ path, reason }) => `${path}: ${reason}`);
const registry = "europe-west3-docker.pkg.dev/example-claude-eu";
const wantedImage = `${registry}/<repository>/<image>@sha256:<digest>`;
const wantedCertificate =
  "projects/example-claude-eu/locations/europe-west3/certificates/<name> or projects/example-claude-eu/regions/europe-west3/sslCertificates/<name>";

describe("arguments of a token service", () => {
  it.each<[string, Change]>([
    ["as small as can be", {}],
    ["with device certificates", { deviceAuthorities: authority }],
    ["with devices and no issuer", { deviceAuthorities: authority, egressCidrs: [] }],
    ["with a signing key", { signs: true }],
    ["with a store of the company's own", { store: existingStore }],
    ["with another node type", { store: { kind: "create", nodeType: "HIGHMEM_MEDIUM" } }],
    ["without callers", { callers: [] }],
    ["with an image of another project", { image: image.replace("claude-eu", "images") }],
    ["with a bound of its own", { maxReplicas: 2 }],
    ["with the project's policy of images", { binaryAuthorization: "project-default" }],
    [
      "with a policy of images",
      { binaryAuthorization: "projects/p/platforms/cloudRun/policies/signed" },
    ],
    [
      "with an older certificate",
      { certificate: "projects/example-claude-eu/regions/europe-west3/sslCertificates/tokens" },
    ],
    ["in a network with proxies", { network: { ...network, proxies: { kind: "existing" } } }],
  ])("pass %s", (_, change) => {
    expect(problems(change)).toEqual([]);
  });

  it.each<[string, Change, string[]]>([
    [
      "a zone that is elsewhere",
      { zone: us },
      [
        expect.stringMatching(
          /^region: outside: europe-west3 is in DE, outside zone us; zone us has /,
        ),
        expect.stringMatching(/^image: outside: europe-west3 is in DE, outside zone us; copy it/),
      ],
    ],
    [
      "a wider area in place of a region",
      { region: "eu", certificate: certificate.replace("europe-west3", "eu") },
      [
        expect.stringMatching(/^region: "eu" is not one region; zone eu has /),
        `key: ${key} rests in europe-west3, but what it encrypts rests in eu; use a key of eu`,
      ],
    ],
    [
      "a label that is no label",
      { organization: "Example Corp" },
      [
        'label: "token-service-Example Corp-eu" may hold lower-case letters, digits and single hyphens between them',
      ],
    ],
    [
      "no retention",
      { retentionDays: 0 },
      ["retentionDays: 0 days; need a whole number from 1 to 3650"],
    ],
    [
      "a host with a port",
      { host: "tokens.example.com:443" },
      ['host: "tokens.example.com:443" is no host name in lower case'],
    ],
    ["no host", { host: "" }, ['host: "" is no host name in lower case']],
    [
      "a tag",
      { image: `${registry}/cowork/tokens:1` },
      [`image: "${registry}/cowork/tokens:1" is not pinned by digest; write ${wantedImage}`],
    ],
    ["no image", { image: "" }, [`image: "" is not pinned by digest; write ${wantedImage}`]],
    [
      "a tag beside the digest",
      { image: `${registry}/cowork/tokens:1@${digest}` },
      [
        `image: "${registry}/cowork/tokens:1@${digest}" is not in Artifact Registry, so its place is not known; copy it there and write ${wantedImage}`,
      ],
    ],
    [
      "a registry whose place nobody says",
      { image: `ghcr.io/example/tokens@${digest}` },
      [
        `image: "ghcr.io/example/tokens@${digest}" is not in Artifact Registry, so its place is not known; copy it there and write ${wantedImage}`,
      ],
    ],
    [
      "an image elsewhere",
      { image: image.replace("europe-west3", "us-central1") },
      ["image: outside: us-central1 is in US, outside zone eu; copy it to europe-west3"],
    ],
    [
      "an image of a wide place",
      { image: image.replace("europe-west3", "europe") },
      [
        'image: undecidable: no dated source says where the Google location "europe" is; copy it to europe-west3',
      ],
    ],
    ["one replica", { replicas: 1 }, ["replicas: 1; need a whole number from 2 to 100"]],
    ["half a replica", { replicas: 2.5 }, ["replicas: 2.5; need a whole number from 2 to 100"]],
    [
      "fewer instances than always run",
      { replicas: 3, maxReplicas: 2 },
      ["maxReplicas: 2; need a whole number from 3, which always run, to 100"],
    ],
    [
      "a certificate of another region",
      { certificate: certificate.replace("europe-west3", "europe-west1") },
      [
        `certificate: "${certificate.replace("europe-west3", "europe-west1")}" is no certificate of example-claude-eu in europe-west3; write ${wantedCertificate}`,
      ],
    ],
    [
      "no certificate",
      { certificate: "" },
      [
        `certificate: "" is no certificate of example-claude-eu in europe-west3; write ${wantedCertificate}`,
      ],
    ],
    [
      "a version in place of a key",
      { key: `${key}/cryptoKeyVersions/1` },
      [
        `key: "${key}/cryptoKeyVersions/1" is no key; write it as projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k`,
      ],
    ],
    [
      "nobody to let in",
      { clientCidrs: [] },
      ["clientCidrs: empty; name the blocks laptops come from, or nobody gets in"],
    ],
    [
      "everybody let in",
      { clientCidrs: ["0.0.0.0/0"] },
      [
        'clientCidrs: "0.0.0.0/0" is wider than /8; name the blocks that are meant',
        'network.subnetCidr: "10.60.0.0/26" overlaps "0.0.0.0/0", where laptops are; answers would not find back',
      ],
    ],
    [
      "more blocks than a policy takes",
      { clientCidrs: Array.from({ length: 11 }, (_, at) => `10.${at}.0.0/16`) },
      ["clientCidrs: 11 blocks; at most 10 fit: merge some"],
    ],
    [
      "no issuer to ask",
      { egressCidrs: [] },
      [
        "egressCidrs: empty; the keys of no issuer could be fetched, and every token would be refused",
      ],
    ],
    [
      "blocks in one another",
      { egressCidrs: ["192.0.2.0/24", "192.0.2.128/25"] },
      ['egressCidrs: "192.0.2.128/25" overlaps "192.0.2.0/24"; keep the wider one'],
    ],
    [
      "no account as a caller",
      { callers: ["someone@example.com"] },
      [
        'callers: "someone@example.com" is no service account of a project; write NAME@PROJECT.iam.gserviceaccount.com',
      ],
    ],
    [
      "a shared account as a caller",
      { callers: ["123456-compute@developer.gserviceaccount.com"] },
      [
        'callers: "123456-compute@developer.gserviceaccount.com" is no service account of a project; write NAME@PROJECT.iam.gserviceaccount.com',
      ],
    ],
    ["a caller twice", { callers: [caller, caller] }, [`callers: "${caller}" is listed twice`]],
    [
      "itself as a caller",
      { callers: ["cowork-tokens-example-eu@example-claude-eu.iam.gserviceaccount.com"] },
      [
        'callers: "cowork-tokens-example-eu@example-claude-eu.iam.gserviceaccount.com" is the service\'s own account; a caller is another one, which may call Claude',
      ],
    ],
    [
      "a policy of images nobody has",
      { binaryAuthorization: "default" },
      [
        'binaryAuthorization: "default"; write project-default, or projects/<p>/platforms/cloudRun/policies/<name>',
      ],
    ],
  ])("refuse %s", (_, change, says) => {
    expect(problems(change)).toEqual(says);
  });

  it("name every problem at once", () => {
    const paths = checkTokenService(
      serviceArgs({ host: "", image: "", replicas: 0, certificate: "", key: "", clientCidrs: [] }),
    ).map(({ path }) => path);
    expect(paths).toEqual(["host", "image", "replicas", "certificate", "key", "clientCidrs"]);
  });
});

describe("authorities of device certificates", () => {
  it.each([
    [
      `${authority}-----BEGIN PRIVATE KEY-----`,
      "holds a private key; take it out, and count it as known to everybody who read the file: replace it",
    ],
    ["", "holds no certificate; give PEM text, -----BEGIN CERTIFICATE----- and so on"],
    [
      "-----BEGIN CERTIFICATE-----\nQUFBQQ==\n-----END CERTIFICATE-----\n",
      "certificate 1 cannot be read",
    ],
    [`${authority}${laptop}`, "certificate 2 is of no authority (CA is not set)"],
  ])("are refused as they should be, %#", (deviceAuthorities, reason) => {
    expect(problems({ deviceAuthorities })).toEqual([`deviceAuthorities: ${reason}`]);
  });
});

describe("what the service is told", () => {
  const told = (serviceConfig: GoogleTokenServiceArgs["serviceConfig"]) =>
    problems({ serviceConfig });

  it.each(["", "{", "[]", "null", '"text"'])("is one JSON object, not %j", (text) => {
    expect(told(() => text)).toEqual(["serviceConfig: gives no JSON object"]);
  });

  const limits = { shutdownGraceSeconds: 8 };

  it.each([443, 0, 65_536, 80.5])("says a port a container may open, not %d", (port) => {
    expect(told(() => JSON.stringify({ limits, listen: { port } }))).toEqual([
      `serviceConfig: listen.port is ${port}; a container that may not be root listens on 1024 to 65535`,
    ]);
  });

  it.each([1, 8, 9])("says to stop before Cloud Run does: %d s", (shutdownGraceSeconds) => {
    expect(told(() => JSON.stringify({ limits: { shutdownGraceSeconds } }))).toEqual([]);
  });

  it.each<[unknown, string]>([
    [{ shutdownGraceSeconds: 9.5 }, "9.5"],
    [{ shutdownGraceSeconds: 10 }, "10"],
    [{ shutdownGraceSeconds: -1 }, "-1"],
    [{ shutdownGraceSeconds: "8" }, "NaN"],
    [{ shutdownGraceSeconds: null }, "NaN"],
    // The service's own default.
    [{}, "20"],
    [undefined, "20"],
  ])("says to stop before Cloud Run does, not %j", (given, seen) => {
    expect(told(() => JSON.stringify({ limits: given }))).toEqual([
      `serviceConfig: limits.shutdownGraceSeconds is ${seen}; Cloud Run ends an instance 10 seconds after it asks it to stop: set 9 or less`,
    ]);
  });

  it("fits one secret without its trust policy, and another with it", () => {
    const big = "x".repeat(33_000);
    const twice = big + big;
    expect(told(() => JSON.stringify({ limits, big, trustPolicy: { big } }))).toEqual([]);
    expect(told(() => JSON.stringify({ limits, twice }))).toEqual([
      "serviceConfig: has 66048 bytes without the trust policy; a secret holds 65536: list fewer routes or models",
    ]);
    expect(told(() => JSON.stringify({ limits, trustPolicy: { twice } }))).toEqual([
      "serviceConfig: its trust policy has 66012 bytes; a secret holds 65536: list fewer policies",
    ]);
  });
});
