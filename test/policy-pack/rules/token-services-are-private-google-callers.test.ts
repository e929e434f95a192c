import { describe, expect, it } from "vitest";

import { tokenServicesArePrivate as rule } from "../../../policy-pack/rules/token-services-are-private.ts";
import { google } from "../../support/google-resources.ts";
import { reportsOf, unknownText } from "../../support/run-rule.ts";

describe("another service on Cloud Run", () => {
  const other = { template: { containers: [{ image: "other:1" }] } };

  it.each([
    {},
    { ingress: "INGRESS_TRAFFIC_ALL", invokerIamDisabled: false },
    { ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY", invokerIamDisabled: true },
  ])("passes as %j", async (change) => {
    const candidate = google("cloudrunv2/service:Service", { ...other, ...change });
    expect(await reportsOf(rule, candidate)).toEqual([]);
  });

  it.each([
    ["INGRESS_TRAFFIC_ALL", "INGRESS_TRAFFIC_ALL"],
    [undefined, "absent (the default is INGRESS_TRAFFIC_ALL)"],
  ])("is refused when the internet may call it unasked, as ingress %s", async (ingress, value) => {
    const candidate = google("cloudrunv2/service:Service", {
      ...other,
      ingress,
      invokerIamDisabled: true,
    });
    expect(await reportsOf(rule, candidate)).toEqual([
      `blocks: \`ingress\` is ${value} and \`invokerIamDisabled\` true: the internet calls it, and nobody asks who`,
    ]);
  });
});

describe("who may call a service on Cloud Run", () => {
  it.each([
    [
      "cloudrunv2/serviceIamMember:ServiceIamMember",
      { member: "allUsers" },
      "`member` is allUsers",
    ],
    [
      "cloudrun/iamMember:IamMember",
      { member: "allAuthenticatedUsers" },
      "`member` is allAuthenticatedUsers",
    ],
    [
      "cloudrunv2/serviceIamBinding:ServiceIamBinding",
      { members: ["group:a@example.com", "allUsers"] },
      "`members.1` is allUsers",
    ],
    [
      "cloudrunv2/serviceIamPolicy:ServiceIamPolicy",
      { policyData: '{"bindings":[{"role":"roles/run.invoker","members":["allUsers"]}]}' },
      '`policyData` names "allUsers"',
    ],
  ])("is not everybody, by %s", async (type, given, says) => {
    expect(await reportsOf(rule, google(type, given))).toEqual([
      `blocks: ${says}: everybody may call the service`,
    ]);
  });

  it("may be one account", async () => {
    const member = "serviceAccount:a@p.iam.gserviceaccount.com";
    expect(
      await reportsOf(rule, google("cloudrunv2/serviceIamMember:ServiceIamMember", { member })),
    ).toEqual([]);
  });

  it("is not taken for somebody while that is unknown", async () => {
    const given = { members: [unknownText, "allUsers"] };
    expect(
      await reportsOf(rule, google("cloudrunv2/serviceIamBinding:ServiceIamBinding", given)),
    ).toEqual([
      "advises: not proven, decided at up: `members.0` is not known yet",
      "blocks: `members.1` is allUsers: everybody may call the service",
    ]);
  });
});
