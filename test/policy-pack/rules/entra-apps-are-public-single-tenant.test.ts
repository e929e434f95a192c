import { describe, expect, it } from "vitest";
import { entraAppsArePublicSingleTenant as rule } from "../../../policy-pack/rules/entra-apps-are-public-single-tenant.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

const of = (type: string, props: Record<string, unknown>): Candidate => ({
  type: `azuread:index/${type}`,
  props,
  provider: {},
});
const app = (props: Record<string, unknown>) => of("application:Application", props);
const registration = (props: Record<string, unknown>) =>
  of("applicationRegistration:ApplicationRegistration", props);
const redirects = (type: unknown, ...redirectUris: readonly unknown[]) =>
  of("applicationRedirectUris:ApplicationRedirectUris", { type, redirectUris });
const federated = (issuer: unknown, subject: unknown) =>
  of("applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential", {
    issuer,
    subject,
  });
const flexible = (claimsMatchingExpression: unknown) =>
  of(
    "applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
    { issuer: github, claimsMatchingExpression },
  );
const github = "https://token.actions.githubusercontent.com";
const needsSecret =
  "an application on the web needs a secret, and sign-in on a laptop fails with AADSTS7000218";
const inTheClear = "sends the sign-in over a network in the clear";
const anyone = "whatever answers to that name gets the sign-in; use 127.0.0.1, as the app does";

describe("entra-apps-are-public-single-tenant", () => {
  describe.each(["preview", "up"] as const)("at %s", (phase) => {
    it.each([
      {
        when: "a registration for one tenant",
        candidate: registration({ signInAudience: "AzureADMyOrg" }),
        says: [],
      },
      {
        when: "a registration that leaves the provider's default",
        candidate: registration({ displayName: "Claude" }),
        says: [],
      },
      ...[
        "AzureADMultipleOrgs",
        "AzureADandPersonalMicrosoftAccount",
        "PersonalMicrosoftAccount",
      ].map((signInAudience) => ({
        when: `a registration for ${signInAudience}`,
        candidate: registration({ signInAudience }),
        says: [
          `blocks: \`signInAudience\` is ${signInAudience}: people of other tenants may sign in`,
        ],
      })),
      {
        when: "an audience that is no text",
        candidate: registration({ signInAudience: false }),
        says: ["blocks: `signInAudience` is false: people of other tenants may sign in"],
      },
      {
        when: "an application with everything that is refused",
        candidate: app({
          signInAudience: "AzureADMultipleOrgs",
          password: { displayName: "secret" },
          web: { redirectUris: ["https://claude.example.com/callback"] },
          publicClient: { redirectUris: ["http://localhost/callback"] },
        }),
        says: [
          "blocks: `signInAudience` is AzureADMultipleOrgs: people of other tenants may sign in",
          "blocks: `password` is given, which a laptop cannot keep",
          `blocks: \`web.redirectUris.0\` is given: ${needsSecret}`,
          `blocks: \`publicClient.redirectUris.0\` http://localhost/callback: ${anyone}`,
        ],
      },
      {
        when: "an application for laptops",
        candidate: app({
          signInAudience: "AzureADMyOrg",
          password: [],
          web: { redirectUris: [], homepageUrl: "https://claude.example.com" },
          publicClient: { redirectUris: ["http://127.0.0.1/callback"] },
        }),
        says: [],
      },
      {
        when: "redirects for browser and both brokers",
        candidate: redirects(
          "PublicClient",
          "http://127.0.0.1/callback",
          "http://[::1]/callback",
          "ms-appx-web://Microsoft.AAD.BrokerPlugin/00000000-0000-0000-0000-000000000001",
          "msauth.com.anthropic.claudefordesktop://auth",
        ),
        says: [],
      },
      {
        when: "redirects of the web",
        candidate: redirects("Web", "https://claude.example.com/callback"),
        says: [`blocks: \`type\` is Web: ${needsSecret}`],
      },
      {
        when: "redirects of no type",
        candidate: redirects(undefined),
        says: ["blocks: undecidable: `type` is absent"],
      },
      {
        when: "redirects of a type nobody knows",
        candidate: redirects("Console"),
        says: ["blocks: undecidable: `type` is Console"],
      },
      {
        when: "redirects that leave the laptop, or may",
        candidate: redirects(
          "PublicClient",
          "http://localhost:8080/callback",
          "http://app.LOCALHOST./callback",
          "http://192.0.2.1/callback",
          "https://*.example.com/callback",
          "callback",
        ),
        says: [
          `blocks: \`redirectUris.0\` http://localhost:8080/callback: ${anyone}`,
          `blocks: \`redirectUris.1\` http://app.LOCALHOST./callback: ${anyone}`,
          `blocks: \`redirectUris.2\` http://192.0.2.1/callback ${inTheClear}`,
          "blocks: `redirectUris.3` https://*.example.com/callback is a pattern: name each address",
          "blocks: undecidable: `redirectUris.4` callback is not an address",
        ],
      },
      {
        when: "a password",
        candidate: of("applicationPassword:ApplicationPassword", { displayName: "x" }),
        says: [
          "blocks: it gives the application a password, which a laptop cannot keep: sign people in",
        ],
      },
      {
        when: "a certificate",
        candidate: of("applicationCertificate:ApplicationCertificate", { value: "x" }),
        says: [
          "blocks: it gives the application a certificate, which a laptop cannot keep: sign people in",
        ],
      },
      {
        when: "a password of the application's principal",
        candidate: of("servicePrincipalPassword:ServicePrincipalPassword", {}),
        says: [
          "blocks: it gives the application a password, which a laptop cannot keep: sign people in",
        ],
      },
      {
        when: "a certificate of the application's principal",
        candidate: of("servicePrincipalCertificate:ServicePrincipalCertificate", {}),
        says: [
          "blocks: it gives the application a certificate, which a laptop cannot keep: sign people in",
        ],
      },
      {
        when: "one workload of one issuer",
        candidate: federated(github, "repo:example/landing-zone:environment:production"),
        says: [],
      },
      {
        when: "patterns of workloads",
        candidate: federated("https://*.example.com", "repo:example/*"),
        says: [
          "blocks: `issuer` https://*.example.com is a pattern: name one issuer",
          "blocks: `subject` repo:example/* is a pattern: name one workload",
        ],
      },
      {
        when: "an issuer without https",
        candidate: federated("http://issuer.example.com", "one"),
        says: ["blocks: `issuer` http://issuer.example.com is not the https address of an issuer"],
      },
      {
        when: "no issuer and no subject",
        candidate: federated(undefined, ""),
        says: [
          "blocks: undecidable: `issuer` is absent",
          "blocks: undecidable: `subject` is absent",
        ],
      },
      {
        when: "a managed identity that trusts a pattern",
        candidate: {
          type: "azure-native:managedidentity:FederatedIdentityCredential",
          props: { issuer: github, subject: "repo:*" },
          provider: {},
        },
        says: ["blocks: `subject` repo:* is a pattern: name one workload"],
      },
      {
        when: "an expression for one subject",
        candidate: flexible("claims['sub'] eq 'repo:example/kit:ref:refs/heads/main'"),
        says: [],
      },
      {
        when: "an expression for many",
        candidate: flexible("claims['sub'] matches 'repo:example/*'"),
        says: [
          "blocks: `claimsMatchingExpression` claims['sub'] matches 'repo:example/*' is a pattern: compare claims['sub'] with one text",
        ],
      },
      {
        when: "an expression about something else",
        candidate: flexible("claims['job_workflow_ref'] eq 'x'"),
        says: [
          "blocks: undecidable: `claimsMatchingExpression` claims['job_workflow_ref'] eq 'x' is not a comparison of claims['sub'] with one text",
        ],
      },
      {
        when: "no expression",
        candidate: flexible(undefined),
        says: ["blocks: undecidable: `claimsMatchingExpression` is absent"],
      },
      {
        when: "other resources of the directory",
        candidate: of("servicePrincipal:ServicePrincipal", { clientId: "x" }),
        says: [],
      },
    ])("judges $when", async ({ candidate, says }) => {
      expect(await reportsOf(rule, candidate, { phase })).toEqual(says);
    });
  });

  it.each([
    { phase: "preview", says: "advises: not proven, decided at up" },
    { phase: "up", says: "blocks: undecidable" },
  ] as const)("answers for each value that is not known at $phase", async ({ phase, says }) => {
    const run = { phase };
    expect(await reportsOf(rule, registration({ signInAudience: unknownText }), run)).toEqual([
      `${says}: \`signInAudience\` is not known yet`,
    ]);
    const mixed = redirects("PublicClient", unknownText, "http://localhost/callback");
    expect(await reportsOf(rule, mixed, run)).toEqual([
      `${says}: \`redirectUris.0\` is not known yet`,
      `blocks: \`redirectUris.1\` http://localhost/callback: ${anyone}`,
    ]);
    expect(await reportsOf(rule, redirects(unknownText), run)).toEqual([
      `${says}: \`type\` is not known yet`,
    ]);
    expect(await reportsOf(rule, federated(unknownText, "repo:*"), run)).toEqual([
      `${says}: \`issuer\` is not known yet`,
      "blocks: `subject` repo:* is a pattern: name one workload",
    ]);
    expect(await reportsOf(rule, flexible(unknownText), run)).toEqual([
      `${says}: \`claimsMatchingExpression\` is not known yet`,
    ]);
    const hidden = app({
      password: unknownText,
      web: { redirectUris: unknownText },
      publicClient: unknownText,
    });
    expect(await reportsOf(rule, hidden, run)).toEqual([
      `${says}: \`password\` is not known yet`,
      `${says}: \`web.redirectUris\` is not known yet`,
      `${says}: \`publicClient\` is not known yet`,
    ]);
  });
});
