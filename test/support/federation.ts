import { federationNamesWhomItTrusts as rule } from "../../policy-pack/rules/federation-names-whom-it-trusts.ts";
import { reportsOf } from "./run-rule.ts";

const provider = { project: "cowork-eu" };
export const tenant = "11111111-2222-3333-4444-555555555555";
export const group = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
export const entra = `https://login.microsoftonline.com/${tenant}/v2.0`;
export const okta = "https://company.okta.com";
export const github = "https://token.actions.githubusercontent.com";

export interface Wanted {
  readonly issuerUri?: unknown;
  readonly condition?: unknown;
  readonly mapping?: Record<string, unknown> | undefined;
  readonly more?: object;
}

/** A sign-in of people, good unless told otherwise. */
export const people = (wanted: Wanted = {}, phase?: "up") => {
  const { issuerUri = okta, mapping = { "google.subject": "assertion.sub" }, more } = wanted;
  const props = {
    attributeCondition: "condition" in wanted ? wanted.condition : "'claude' in assertion.groups",
    attributeMapping: mapping,
    oidc: { issuerUri, clientId: "desktop" },
    ...more,
  };
  const type = "gcp:iam/workforcePoolProvider:WorkforcePoolProvider";
  return reportsOf(rule, { type, props, provider }, phase === undefined ? {} : { phase });
};
/** A sign-in of workloads. */
export const workloads = ({ issuerUri = github, mapping, more, ...wanted }: Wanted) => {
  const props = {
    attributeCondition: wanted.condition,
    attributeMapping: mapping ?? { "google.subject": "assertion.sub" },
    oidc: { issuerUri },
    ...more,
  };
  const type = "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider";
  return reportsOf(rule, { type, props, provider });
};
