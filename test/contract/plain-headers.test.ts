import { expect, test } from "vitest";

import { headerProblems } from "../../contract/plain-headers.ts";

const reasons = (headers: Record<string, string>) =>
  headerProblems(headers, "h").map(({ path, reason }) => `${path}: ${reason}`);

test.each([
  ["x-tenant", "eu"],
  ["x-tenant-id", "6f1c0b6e-4a5d-4b7e-9c55-0d3f8a1e2b47"],
  ["x-cost-centre", "4711 / finance"],
  ["x-author-team", "platform"],
  ["x-amzn-bedrock-guardrailidentifier", "arn:aws:bedrock:eu-central-1:111122223333:guardrail/a1"],
  ["x-monkey", "banana"],
])("%s: %s names something and opens nothing", (name, value) => {
  expect(reasons({ [name]: value })).toEqual([]);
});

test.each([
  "authorization",
  "Proxy-Authorization",
  "x-auth",
  "X-Api-Key",
  "apikey",
  "api_key",
  "x-goog-api-key",
  "Ocp-Apim-Subscription-Key",
  "Cookie",
  "Set-Cookie",
  "x-team-token",
  "X-Amz-Security-Token",
  "client-secret",
  "x-password",
  "x-session-id",
  "x-signature",
])("%s names a credential whatever its value", (name) => {
  expect(reasons({ [name]: "a" })).toEqual([
    `h.${name}: names a credential, and profiles hold none; print such headers from a credential helper`,
  ]);
});

test.each([
  "Bearer a",
  "basic YTpi",
  "sk-ant-api03-a",
  "ghp_a",
  "glpat-a",
  "xoxb-a",
  "AIzaSyA",
  "ya29.a",
  "eyJhbGciOiJub25lIn0.eyJ.",
  "AKIAIOSFODNN7EXAMPLE",
  "0123456789abcdef0123456789abcdef01234567",
])("a value such as %s is taken for a credential, and not repeated", (value) => {
  expect(reasons({ "x-tenant": value })).toEqual([
    "h.x-tenant: has the shape of a credential, and profiles hold none; print such headers from a credential helper",
  ]);
});

test.each(["", " ", " a", "a ", "a\r\nx-b: c", "é", "a\u0000"])("%j is no value", (value) => {
  expect(reasons({ "x-tenant": value })).toEqual([
    "h.x-tenant: must be one line of plain text that is not empty",
  ]);
});

test.each(["host", "Content-Type", "anthropic-beta", "Transfer-Encoding"])(
  "%s is the application's",
  (name) => {
    expect(reasons({ [name]: "a" })).toEqual([`h.${name}: is written by the application itself`]);
  },
);

test.each(["", "a b", "a:b", "a\n"])("%j is no name", (name) => {
  expect(reasons({ [name]: "a" })).toEqual([
    `h.${name}: is no header name; use letters, digits and dashes`,
  ]);
});
