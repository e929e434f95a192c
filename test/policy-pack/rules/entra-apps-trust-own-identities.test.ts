import { describe, expect, it } from "vitest";
import { entraAppsArePublicSingleTenant as rule } from "../../../policy-pack/rules/entra-apps-are-public-single-tenant.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

const github = "https://token.actions.githubusercontent.com";
const federated = (issuer: unknown, subject: unknown): Candidate => ({
  type: "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  props: { issuer, subject },
  provider: {},
});

describe("an application that trusts a managed identity whose object id is not chosen yet", () => {
  const tenant = "9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e5f";
  const issuer = `https://login.microsoftonline.com/${tenant}/v2.0`;
  const identity = {
    name: "service",
    type: "azure-native:managedidentity:UserAssignedIdentity",
    props: { resourceName: "cowork-service" },
    provider: { tenantId: tenant },
  };
  const trusting = (from: readonly string[], at: unknown = issuer) => ({
    ...federated(at, unknownText),
    from: { subject: from },
  });
  const open = "advises: not proven, decided at up: `subject` is not known yet";

  it("is judged by where the id comes from: one identity of this run, in the issuer's tenant", async () => {
    const versioned = {
      ...identity,
      type: "azure-native:managedidentity/v20241130:UserAssignedIdentity",
    };
    const capitals = { ...identity, provider: { tenantId: tenant.toUpperCase() } };
    for (const one of [identity, versioned, capitals]) {
      expect(await reportsOf(rule, trusting(["service"]), { others: [one] })).toEqual([]);
    }
    const strict = { others: [identity], strictPreview: true };
    expect(await reportsOf(rule, trusting(["service"]), strict)).toEqual([]);
  });

  it("is undecidable at up while the id is not known, whatever a preview said", async () => {
    const up = { others: [identity], phase: "up" } as const;
    expect(await reportsOf(rule, trusting(["service"]), up)).toEqual([
      "blocks: undecidable: `subject` is not known yet",
    ]);
  });

  it.each<{
    readonly when: string;
    readonly others?: readonly Candidate[];
    readonly from?: readonly string[];
    readonly at?: unknown;
  }>([
    { when: "no source", from: [] },
    { when: "a source outside the stack", others: [] },
    {
      when: "a source that is something else",
      others: [{ ...identity, type: "azure-native:storage:StorageAccount" }],
    },
    {
      when: "a source whose type only looks like it",
      others: [{ ...identity, type: "other:managedidentity:UserAssignedIdentity" }],
    },
    {
      when: "two identities",
      others: [identity, { ...identity, name: "other" }],
      from: ["service", "other"],
    },
    {
      when: "an identity and a text of something else",
      others: [identity, { type: "random:index/randomPet:RandomPet", props: {}, name: "other" }],
      from: ["service", "other"],
    },
    {
      when: "an identity of another tenant",
      others: [{ ...identity, provider: { tenantId: "11111111-2222-4333-8444-555555555555" } }],
    },
    { when: "a tenant nobody wrote down", others: [{ ...identity, provider: {} }] },
    { when: "no provider", others: [{ ...identity, provider: undefined }] },
    {
      when: "a tenant that is not known yet",
      others: [{ ...identity, provider: { tenantId: unknownText } }],
    },
    { when: "another issuer", at: github },
    { when: "everybody's tenant", at: "https://login.microsoftonline.com/common/v2.0" },
    { when: "the tenant's older issuer", at: `https://sts.windows.net/${tenant}/` },
  ])("is not proven with $when", async ({ others = [identity], from = ["service"], at }) => {
    expect(await reportsOf(rule, trusting(from, at), { others })).toEqual([open]);
  });

  it("is not proven with an issuer that is not known either, or absent", async () => {
    const others = [identity];
    expect(await reportsOf(rule, trusting(["service"], unknownText), { others })).toEqual([
      "advises: not proven, decided at up: `issuer` is not known yet",
      open,
    ]);
    expect(
      await reportsOf(
        rule,
        { ...trusting(["service"]), props: { subject: unknownText } },
        { others },
      ),
    ).toEqual(["blocks: undecidable: `issuer` is absent", open]);
  });

  it("is not proven where an identity trusts another, which Azure does not take", async () => {
    const credential = {
      ...trusting(["service"]),
      type: "azure-native:managedidentity:FederatedIdentityCredential",
    };
    expect(await reportsOf(rule, credential, { others: [identity] })).toEqual([open]);
  });

  it("is refused with a subject that is known and a pattern, whatever it came from", async () => {
    const candidate = { ...federated(issuer, "*"), from: { subject: ["service"] } };
    expect(await reportsOf(rule, candidate, { others: [identity] })).toEqual([
      "blocks: `subject` * is a pattern: name one workload",
    ]);
  });
});
