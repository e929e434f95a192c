/** Whom a grant of Google's IAM names. */
export interface Member {
  /** Set when nobody can say who is meant: what makes it so. */
  readonly broad?: string;
  /** Whether people are meant; `undefined` when the form is not known. */
  readonly people: boolean | undefined;
}

const forms: readonly (readonly [RegExp, Member])[] = [
  [/^allUsers$/i, { broad: "is everybody on the internet", people: true }],
  [/^allAuthenticatedUsers$/i, { broad: "is everybody with any Google account", people: true }],
  [/^principalSet:\/\/goog\/public:/i, { broad: "is everybody", people: true }],
  [/^domain:/i, { broad: "is a whole domain", people: true }],
  [
    /^principalSet:\/\/goog\/cloudIdentityCustomerId\//i,
    { broad: "is everybody of a Google account's customer", people: true },
  ],
  [/^project(?:Owner|Editor|Viewer):/i, { broad: "is whoever holds a basic role", people: true }],
  [
    /^principalSet:\/\/cloudresourcemanager\.googleapis\.com\/.*\/type\/Service(?:Account|Agent)$/i,
    { broad: "is every service account of a project, folder or organization", people: false },
  ],
  [
    /^principalSet:\/\/cloudresourcemanager\.googleapis\.com\//i,
    { broad: "is everybody of a project, folder or organization", people: true },
  ],
  [
    /^principalSet:\/\/iam\.googleapis\.com\/.*\/workforcePools\/[^/]+(?:$|\/$|\/\*|\/[^/]+\/(?:\*|$))/i,
    { broad: "is everybody of a workforce pool", people: true },
  ],
  [
    /^principalSet:\/\/iam\.googleapis\.com\/.*\/workloadIdentityPools\/[^/]+(?:$|\/$|\/\*|\/[^/]+\/(?:\*|$))/i,
    { broad: "is everything a workload identity pool lets in", people: false },
  ],
  [
    /^principal(?:Set)?:\/\/iam\.googleapis\.com\/locations\/global\/workforcePools\/./i,
    { people: true },
  ],
  [
    /^principal(?:Set)?:\/\/iam\.googleapis\.com\/projects\/[^/]+\/locations\/global\/workloadIdentityPools\/./i,
    { people: false },
  ],
  [/^(?:user|group):./i, { people: true }],
  [/^principal(?:Set)?:\/\/goog\/(?:subject|group)\/./i, { people: true }],
  [/^serviceAccount:./i, { people: false }],
  [/^principal:\/\/iam\.googleapis\.com\/projects\/-\/serviceAccounts\/./i, { people: false }],
];

/**
 * Reads a member. What was deleted is judged as what it was: it may be undeleted.
 * @see https://docs.cloud.google.com/iam/docs/principal-identifiers (read 2026-11-21)
 */
export function memberOf(text: string): Member {
  const plain = text.replace(/^deleted:/i, "");
  return forms.find(([form]) => form.test(plain))?.[1] ?? { people: undefined };
}
