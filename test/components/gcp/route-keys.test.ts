import * as gcp from "@pulumi/gcp";
import { describe, expect, it } from "vitest";

import { RouteKeys, type RouteKeysArgs } from "../../../components/gcp/route-keys.ts";
import { checkKeys } from "../../../components/gcp/route-keys-check.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { only } from "../../support/inventory.ts";
import { aKey, asked, identities, later, optionsSeen, store } from "./stores.ts";

const created =
  "projects/example-claude-eu/locations/europe-west3/keyRings/cowork-example-eu-frankfurt/cryptoKeys/stores";
const args: RouteKeysArgs = {
  ...store,
  keys: { kind: "create", rotationDays: 90 },
  dataset: true,
};
const build = (changes: Partial<RouteKeysArgs> = {}) =>
  deploy(() => new RouteKeys("fra", { ...args, ...changes }), { calls: identities });
const grants = (resources: Awaited<ReturnType<typeof build>>["resources"]) =>
  resources
    .filter(({ type }) => type === "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember")
    .map(({ inputs }) => inputs);

describe("RouteKeys", () => {
  it("creates one rotated key in the data region", async () => {
    const { resources } = await build();
    expect(asked(resources)).toEqual([
      "CryptoKey::fra",
      "CryptoKeyIAMMember::fra-dataset",
      "CryptoKeyIAMMember::fra-logs",
      "KeyRing::fra",
    ]);
    expect(only(resources, "gcp:kms/keyRing:KeyRing")).toEqual({
      project: "example-claude-eu",
      location: "europe-west3",
      name: "cowork-example-eu-frankfurt",
    });
    expect(only(resources, "gcp:kms/cryptoKey:CryptoKey")).toEqual({
      keyRing:
        "projects/example-claude-eu/locations/europe-west3/keyRings/cowork-example-eu-frankfurt",
      name: "stores",
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: "7776000s",
      destroyScheduledDuration: "2592000s",
    });
  });

  it("lets exactly the two services that encrypt use it, and says its name plainly", async () => {
    const { resources, result } = await build();
    expect(grants(resources)).toEqual([
      {
        cryptoKeyId: created,
        role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
        member: "serviceAccount:bq-123456789012@bigquery-encryption.iam.gserviceaccount.com",
      },
      {
        cryptoKeyId: created,
        role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
        member: "serviceAccount:cmek-p123456789012@gcp-sa-logging.iam.gserviceaccount.com",
      },
    ]);
    expect([result.logs.name, result.dataset?.name]).toEqual([created, created]);
  });

  it("leaves BigQuery out where there is no dataset", async () => {
    const { resources, result } = await build({ dataset: false });
    expect(grants(resources).map(({ member }) => member)).toEqual([
      "serviceAccount:cmek-p123456789012@gcp-sa-logging.iam.gserviceaccount.com",
    ]);
    expect(result.dataset).toBeUndefined();
  });

  it("creates no key where one is named, and grants that one", async () => {
    const { resources, result } = await build({ keys: { kind: "existing", logs: aKey } });
    expect(asked(resources)).toEqual([
      "CryptoKeyIAMMember::fra-dataset",
      "CryptoKeyIAMMember::fra-logs",
    ]);
    expect(grants(resources).map(({ cryptoKeyId }) => cryptoKeyId)).toEqual([aKey, aKey]);
    expect([result.logs.name, result.dataset?.name]).toEqual([aKey, aKey]);
  });

  it("grants each service its own key where two are named", async () => {
    const second = aKey.replace("/cowork", "/content");
    const { resources } = await build({ keys: { kind: "existing", logs: aKey, dataset: second } });
    expect(grants(resources).map(({ cryptoKeyId }) => cryptoKeyId)).toEqual([second, aKey]);
  });

  it("asks Google for nothing before the project is ready", async () => {
    const order: string[] = [];
    const note = (what: string) => () => {
      order.push(what);
      return {};
    };
    await deploy(
      () => {
        const service = new gcp.projects.Service("apis", {
          service: later("cloudkms.googleapis.com"),
        });
        const project = { projectId: "example-claude-eu", ready: [service] };
        return new RouteKeys("fra", { ...args, project });
      },
      {
        calls: {
          ...identities,
          "gcp:logging/getProjectCmekSettings:getProjectCmekSettings": () => {
            order.push("asked for Logging's identity");
            return { serviceAccountId: "x" };
          },
        },
        outputs: {
          "gcp:projects/service:Service": note("APIs on"),
          "gcp:kms/keyRing:KeyRing": note("ring"),
        },
      },
    );
    expect(order[0]).toBe("APIs on");
    expect(order.toSorted()).toEqual(["APIs on", "asked for Logging's identity", "ring"]);
  });

  it.each([
    [undefined, false],
    [false, false],
    [true, true],
  ])("with protect %s, deleting the key is refused: %s", async (protect, refused) => {
    const options = optionsSeen();
    await deploy(() => new RouteKeys("fra", { ...args, protect }, options.record), {
      calls: identities,
    });
    expect(options.of("gcp:kms/cryptoKey:CryptoKey").protect).toBe(refused);
  });

  it("grants a key only once it exists", async () => {
    const options = optionsSeen();
    await deploy(() => new RouteKeys("fra", args, options.record), { calls: identities });
    const waitsFor = options.waitsFor("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember");
    expect(waitsFor).toEqual(["gcp:kms/cryptoKey:CryptoKey"]);
  });

  it("names every bad argument in one error", async () => {
    const place = { ...store.place, dataRegion: "europe-west2" };
    const keys = { kind: "create", rotationDays: 0 } as const;
    expect(await refusal(build({ place, keys, label: "Bad Label" }))).toMatch(
      /^fra: invalid arguments\n {2}label: "Bad Label" may hold lower-case letters, digits and single hyphens between them\n {2}dataRegion: outside: europe-west2 is in GB, outside zone eu; zone eu has europe-central2, .*\n {2}keys\.rotationDays: 0 days; need a whole number from 1 to 365$/,
    );
  });
});

describe("checkKeys", () => {
  const there = { dataset: true, dataRegion: "europe-west3" };
  const inFrankfurt = { kind: "existing", logs: aKey } as const;
  const elsewhere = aKey.replace("europe-west3", "europe-west1");

  it.each([1, 90, 365])("takes a rotation of %d days", (rotationDays) => {
    expect(checkKeys({ ...there, keys: { kind: "create", rotationDays } })).toEqual([]);
  });

  it.each([0, -1, 1.5, 366, Number.NaN])("refuses a rotation of %d days", (rotationDays) => {
    expect(checkKeys({ ...there, keys: { kind: "create", rotationDays } })).toEqual([
      {
        path: "keys.rotationDays",
        reason: `${rotationDays} days; need a whole number from 1 to 365`,
      },
    ]);
  });

  it("refuses two keys in different places, and names both", () => {
    const keys = { ...inFrankfurt, dataset: elsewhere };
    expect(checkKeys({ ...there, keys })).toEqual([
      {
        path: "keys",
        reason:
          "two keys in different places: projects/example-keys/locations/europe-west3/keyRings/company/cryptoKeys/cowork in europe-west3, projects/example-keys/locations/europe-west1/keyRings/company/cryptoKeys/cowork in europe-west1; logs and dataset rest in europe-west3, so both keys must",
      },
    ]);
  });

  it.each(["europe-west1", "global", "europe", "eu", "us", "EUROPE-WEST3"])(
    "refuses keys of %s, even of one zone",
    (place) => {
      const key = aKey.replace("europe-west3", place);
      expect(checkKeys({ ...there, keys: { kind: "existing", logs: key, dataset: key } })).toEqual(
        ["keys.logs", "keys.dataset"].map((path) => ({
          path,
          reason: `projects/example-keys/locations/${place}/keyRings/company/cryptoKeys/cowork rests in ${place}, but what it encrypts rests in europe-west3; use a key of europe-west3`,
        })),
      );
    },
  );

  it.each(["", "cowork", `${aKey}/cryptoKeyVersions/1`, aKey.replace("europe-west3", "")])(
    "refuses %j, which is no key",
    (logs) => {
      expect(checkKeys({ ...there, keys: { kind: "existing", logs } })).toEqual([
        {
          path: "keys.logs",
          reason: `"${logs}" is no key; write it as projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k`,
        },
      ]);
    },
  );

  it("refuses a key of a dataset that nobody asked for", () => {
    const keys = { ...inFrankfurt, dataset: aKey };
    expect(checkKeys({ keys, dataset: false, dataRegion: "europe-west3" })).toEqual([
      {
        path: "keys.dataset",
        reason: "a key, but logs.content asks for no dataset; leave it out, or ask for one",
      },
    ]);
  });
});
