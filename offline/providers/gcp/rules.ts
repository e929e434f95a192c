import type { Rule } from "../shared/rules.ts";

/** Name of a compute resource and its like. Source: RFC 1035, as the provider's own validator reads it. */
export const dnsLabel = (at: string): Rule => ({
  rule: "matches",
  at,
  pattern: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  wanted: "a name: 1 to 63 lower-case letters, digits and hyphens, a letter first, no hyphen last",
});

/** A concrete region: neither a wider area nor `global`. */
export const region = (at: string): Rule => ({
  rule: "matches",
  at,
  pattern: /^[a-z]+-[a-z]+\d+$/,
  wanted: "a region, as europe-west1",
});

/** A region, or an area a service spans: `eu`, `us`, `global`, `eur4`. */
export const location = (at: string): Rule => ({
  rule: "matches",
  at,
  pattern: /^([a-z]+\d*|[a-z]+-[a-z]+\d+)$/,
  wanted: "a location, as europe-west1 or eu",
});

/** Like {@link location}, for services that write areas in capitals: `EU`, `EUR4`. */
export const anyCaseLocation = (at: string): Rule => ({
  rule: "matches",
  at,
  pattern: /^([a-z]+\d*|[a-z]+-[a-z]+\d+)$/i,
  wanted: "a location, as EU or europe-west1",
});

export const oneOf = (at: string, ...values: readonly (string | number)[]): Rule => ({
  rule: "oneOf",
  at,
  values,
});

/** Full name of a key. A version at the end is refused where a service wants the key. */
export const cryptoKey = (at: string): Rule => ({
  rule: "matches",
  at,
  pattern: /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
  wanted: "a key: projects/P/locations/L/keyRings/R/cryptoKeys/K",
});

/**
 * Id of a pool or provider of federated identities.
 * Source: the provider's validators; https://docs.cloud.google.com/iam/docs/manage-workload-identity-pools-providers
 */
export const federationId = (at: string): Rule => ({
  rule: "matches",
  at,
  pattern: /^(?!gcp-)[a-z0-9-]{4,32}$/,
  wanted: 'an id: 4 to 32 lower-case letters, digits and hyphens, and not beginning with "gcp-"',
});

export const httpsUrl = (at: string): Rule => ({
  rule: "matches",
  at,
  pattern: /^https:\/\/[^\s/?#]+[^\s?#]*$/,
  wanted: "a URL that begins with https:// and has no query",
});

/** Resources a perimeter may hold. Project ids are refused: only numbers are accepted. */
export const perimeterResource = (at: string): Rule => ({
  rule: "matches",
  at,
  pattern:
    /^(projects\/\d+|\/\/compute\.googleapis\.com\/projects\/[^/]+\/global\/networks\/[^/]+)$/,
  wanted:
    "projects/NUMBER (the number, not the id) or //compute.googleapis.com/projects/P/global/networks/N",
});

/** Inputs that mean the same on every type, checked wherever a type has them. */
export const commonRules: readonly Rule[] = [
  {
    rule: "matches",
    at: "project",
    pattern: /^(projects\/)?(([a-z0-9-]+\.)*[a-z0-9.-]+:)?([a-z][a-z0-9-]{4,28}[a-z0-9]|\d{1,19})$/,
    wanted: "a project: an id of 6 to 30 lower-case letters, digits and hyphens, or a number",
  },
  region("region"),
  // https://docs.cloud.google.com/iam/docs/principal-identifiers
  ...["member", "members[]"].map(
    (at): Rule => ({
      rule: "matches",
      at,
      pattern:
        /^(allUsers|allAuthenticatedUsers|(deleted:)?(user|group|serviceAccount|domain|principal|principalSet|projectOwner|projectEditor|projectViewer|iamMember):.+|principal(Set)?:\/\/.+)$/,
      wanted: "a member, as user:, group:, serviceAccount: or principalSet://",
    }),
  ),
  {
    rule: "matches",
    at: "orgId",
    pattern: /^(organizations\/)?\d+$/,
    wanted: "the number of an organization",
  },
  {
    rule: "matches",
    at: "folder",
    pattern: /^(folders\/)?\d+$/,
    wanted: "the number of a folder",
  },
  oneOf("deletionPolicy", "DELETE", "PREVENT", "ABANDON"),
];

/** What settings of `gcp.Provider` are refused. */
export const configRules: readonly Rule[] = [
  ...commonRules.filter(
    (rule) => "at" in rule && ["project", "region", "deletionPolicy"].includes(rule.at),
  ),
  {
    rule: "matches",
    at: "zone",
    pattern: /^[a-z]+-[a-z]+\d+-[a-z]$/,
    wanted: "a zone, as europe-west1-b",
  },
  {
    rule: "matches",
    at: "impersonateServiceAccount",
    pattern: /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/,
    wanted: "the email of a service account",
  },
];
