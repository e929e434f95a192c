import { describe, expect, it } from "vitest";
import { googleHasNoAccountKeys as rule } from "../../../policy-pack/rules/google-has-no-account-keys.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

const provider = { project: "cowork-eu", region: "europe-west1" };
const key = "gcp:serviceaccount/key:Key";
const apiKey = "gcp:projects/apiKey:ApiKey";
const policy = "gcp:orgpolicy/policy:Policy";
const reports = (type: string, props: Record<string, unknown>, phase?: "up") =>
  reportsOf(rule, { type, props, provider }, phase === undefined ? {} : { phase });
const restricted = (...services: unknown[]) => ({
  restrictions: { apiTargets: services.map((service) => ({ service })) },
});
const constraint = (id: string, spec: unknown) => ({
  name: `projects/cowork-eu/policies/${id}`,
  parent: "projects/cowork-eu",
  spec,
});

describe("google-has-no-account-keys", () => {
  it.each([
    ["a key", key, { serviceAccountId: "caller" }],
    ["a key whose account is not known yet", key, { serviceAccountId: unknownText }],
    ["a key made elsewhere and uploaded", key, { publicKeyData: "LS0tLS1CRUdJTg==" }],
  ])("fails %s of a service account", async (_, type, props) => {
    expect(await reports(type, props)).toEqual([
      "blocks: a key of a service account works from anywhere until somebody deletes it",
    ]);
  });

  it.each(["ACTIVE", "INACTIVE", undefined])("fails an HMAC key in state %s", async (state) => {
    const props = { serviceAccountEmail: "a@cowork-eu.iam.gserviceaccount.com", state };
    expect(await reports("gcp:storage/hmacKey:HmacKey", props)).toEqual([
      "blocks: an HMAC key of a service account does not expire",
    ]);
  });

  it("passes an API key for other services", async () => {
    expect(await reports(apiKey, restricted("maps-backend.googleapis.com"))).toEqual([]);
  });

  it.each([
    ["no restriction", {}],
    ["restrictions of callers only", { restrictions: { serverKeyRestrictions: {} } }],
    ["an empty list", restricted()],
  ])("fails an API key with %s", async (_, props) => {
    expect(await reports(apiKey, props)).toEqual([
      "blocks: `restrictions.apiTargets` is absent: the key opens every API of the project",
    ]);
  });

  it.each([
    "aiplatform.googleapis.com",
    "AIPLATFORM.googleapis.com",
    "iamcredentials.googleapis.com",
    "*",
  ])("fails an API key for %s, also behind another service", async (service) => {
    expect(await reports(apiKey, restricted("dns.googleapis.com", service))).toEqual([
      `blocks: \`restrictions.apiTargets.1.service\` is "${service.toLowerCase()}": whoever has the key may call it`,
    ]);
  });

  it("cannot judge an API key for a service that is absent", async () => {
    expect(await reports(apiKey, restricted(undefined))).toEqual([
      "blocks: undecidable: `restrictions.apiTargets.0.service` is absent",
    ]);
  });

  it("waits for a service that is not known, without missing the one that is", async () => {
    const props = restricted(unknownText, "aiplatform.googleapis.com");
    expect(await reports(apiKey, props)).toEqual([
      "advises: not proven, decided at up: `restrictions.apiTargets.0.service` is not known yet",
      'blocks: `restrictions.apiTargets.1.service` is "aiplatform.googleapis.com": whoever has the key may call it',
    ]);
    expect(await reports(apiKey, restricted(unknownText), "up")).toEqual([
      "blocks: undecidable: `restrictions.apiTargets.0.service` is not known yet",
    ]);
  });

  it.each([
    "iam.disableServiceAccountKeyCreation",
    "iam.managed.disableServiceAccountKeyCreation",
    "iam.disableServiceAccountKeyUpload",
    "iam.managed.disableServiceAccountApiKeyCreation",
  ])("judges whether %s stays enforced", async (id) => {
    const says = (spec: unknown) => reports(policy, constraint(id, spec));
    expect(await says({ rules: [{ enforce: "TRUE" }] })).toEqual([]);
    const off = `blocks: \`spec.rules.1\` does not enforce ${id}: keys may be made`;
    expect(await says({ rules: [{ enforce: "TRUE" }, { enforce: "FALSE" }] })).toEqual([off]);
    expect(await says({ rules: [{ enforce: "TRUE" }, { enforce: false }] })).toEqual([off]);
    expect(await says({ reset: true })).toEqual([
      `blocks: ${id} is set back to a default that may allow keys`,
    ]);
    expect(await says({ inheritFromParent: true })).toEqual([
      `blocks: undecidable: ${id} has no rule that says whether it is enforced`,
    ]);
    expect(await says({ rules: [{}] })).toEqual([
      `blocks: undecidable: \`spec.rules.0\` does not say whether ${id} is enforced`,
    ]);
    expect(await says({ rules: [{ enforce: unknownText }] })).toEqual([
      "advises: not proven, decided at up: `spec.rules.0.enforce` is not known yet",
    ]);
  });

  it("passes a dry run, which puts nothing in force", async () => {
    const { name, parent } = constraint("iam.disableServiceAccountKeyCreation", undefined);
    const props = { name, parent, dryRunSpec: { rules: [{ enforce: "FALSE" }] } };
    expect(await reports(policy, props)).toEqual([]);
  });

  it.each([
    "gcp:organizations/policy:Policy",
    "gcp:folder/organizationPolicy:OrganizationPolicy",
    "gcp:projects/organizationPolicy:OrganizationPolicy",
  ])("judges the older %s too", async (type) => {
    const says = (more: object) =>
      reports(type, { constraint: "constraints/iam.disableServiceAccountKeyCreation", ...more });
    expect(await says({ booleanPolicy: { enforced: true } })).toEqual([]);
    expect(await says({ booleanPolicy: { enforced: false } })).toEqual([
      "blocks: `booleanPolicy` does not enforce iam.disableServiceAccountKeyCreation: keys may be made",
    ]);
    expect(await says({ restorePolicy: { default: true } })).toEqual([
      "blocks: iam.disableServiceAccountKeyCreation is set back to a default that may allow keys",
    ]);
    expect(await says({})).toEqual([
      "blocks: undecidable: iam.disableServiceAccountKeyCreation has no rule that says whether it is enforced",
    ]);
  });

  it("leaves other constraints alone, and cannot judge one without a name", async () => {
    expect(await reports(policy, constraint("compute.requireOsLogin", { reset: true }))).toEqual(
      [],
    );
    expect(await reports(policy, { parent: "projects/cowork-eu" })).toEqual([
      "blocks: undecidable: the constraint it sets is absent",
    ]);
    expect(await reports(policy, { name: unknownText })).toEqual([
      "advises: not proven, decided at up: `name` is not known yet",
    ]);
  });

  it("leaves a service account without a key alone", () => {
    expect(rule.appliesTo("gcp:serviceaccount/account:Account")).toBe(false);
  });
});
