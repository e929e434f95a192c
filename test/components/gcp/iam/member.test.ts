import { describe, expect, it } from "vitest";

import {
  checkGoogleGroup,
  checkPrincipalMember,
  groupMember,
  memberProblems,
} from "../../../../components/gcp/iam/member.ts";

const workforce = "iam.googleapis.com/locations/global/workforcePools/cowork-eu";
const workload = "iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/tokens";

describe("a member", () => {
  it.each([
    "group:claude@example.com",
    "serviceAccount:tokens@example-tokens.iam.gserviceaccount.com",
    `principal://${workforce}/subject/0aa1`,
    `principalSet://${workforce}/group/cowork users`,
    `principalSet://${workload}/attribute.service/tokens`,
  ])("may be %s", (member) => {
    expect(memberProblems("m", member)).toEqual([]);
  });

  const one = "name one service account or one group";
  it.each([
    ["allUsers", `"allUsers" is everybody on the internet; ${one}`],
    ["ALLUSERS", `"ALLUSERS" is everybody on the internet; ${one}`],
    [
      "allAuthenticatedUsers",
      `"allAuthenticatedUsers" is everybody with any Google account; ${one}`,
    ],
    ["domain:example.com", `"domain:example.com" is a whole domain; ${one}`],
    ["projectEditor:p", `"projectEditor:p" is whoever holds a basic role; ${one}`],
    ["user:jo@example.com", `"user:jo@example.com" is one person's account; ${one}`],
    [
      "deleted:group:claude@example.com?uid=1",
      '"deleted:group:claude@example.com?uid=1" holds a wildcard; name one exact value',
    ],
    ["deleted:group:g@example.com", `"deleted:group:g@example.com" was deleted; ${one}`],
    [
      "principalSet://goog/public:all",
      `"principalSet://goog/public:all" is everybody of an organization or project; ${one}`,
    ],
    [
      "principalSet://cloudresourcemanager.googleapis.com/organizations/1",
      `"principalSet://cloudresourcemanager.googleapis.com/organizations/1" is everybody of an organization or project; ${one}`,
    ],
    [
      "serviceAccount:1-compute@developer.gserviceaccount.com",
      `"serviceAccount:1-compute@developer.gserviceaccount.com" is a default account that other workloads share; ${one}`,
    ],
    [
      `principalSet://${workforce}/*`,
      `"principalSet://${workforce}/*" holds a wildcard; name one exact value`,
    ],
    [
      `principalSet://${workforce}`,
      `"principalSet://${workforce}" is no member this kit grants to; write serviceAccount:NAME@PROJECT.iam.gserviceaccount.com, or a principal:// or principalSet:// of one pool`,
    ],
    [
      "tokens@example-tokens.iam.gserviceaccount.com",
      '"tokens@example-tokens.iam.gserviceaccount.com" is no member this kit grants to; write serviceAccount:NAME@PROJECT.iam.gserviceaccount.com, or a principal:// or principalSet:// of one pool',
    ],
    ["", "missing; give who may call Claude, as IAM names it"],
    [undefined, "missing; give who may call Claude, as IAM names it"],
    [" group:a@example.com", '" group:a@example.com" begins or ends with a space'],
    [
      "group:a@example.com\u200b",
      '"group:a@example.com\u200b" holds a character that cannot be seen',
    ],
  ])("may not be %s", (member, reason) => {
    expect(memberProblems("m", member)).toEqual([{ path: "m", reason }]);
  });
});

describe("a principal", () => {
  it("is no group: that is a sign-in of its own", () => {
    expect(checkPrincipalMember("access.member", "group:claude@example.com")).toEqual([
      {
        path: "access.member",
        reason: '"group:claude@example.com" is a group; use access kind google-group',
      },
    ]);
  });

  it.each([undefined, ""])("is given: %s is not", (member) => {
    expect(checkPrincipalMember("access.member", member)).toEqual([
      { path: "access.member", reason: "missing; give who may call Claude, as IAM names it" },
    ]);
  });
});

describe("a Google group", () => {
  it("is granted by its address", () => {
    expect(checkGoogleGroup("access.group", "claude@example.com")).toEqual([]);
    expect(groupMember("claude@example.com")).toBe("group:claude@example.com");
  });

  it.each([
    ["*@example.com", '"*@example.com" holds a wildcard; name one exact value'],
    ["allUsers", '"allUsers" is no group\'s address; write name@company.example'],
    ["claude", '"claude" is no group\'s address; write name@company.example'],
    [
      "domain:example.com",
      '"domain:example.com" is no group\'s address; write name@company.example',
    ],
    ["", "missing; give the group's address"],
    [undefined, "missing; give the group's address"],
  ])("is not %s", (group, reason) => {
    expect(checkGoogleGroup("access.group", group)).toEqual([{ path: "access.group", reason }]);
  });
});
