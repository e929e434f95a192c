import { describe } from "vitest";

import { refused } from "./refusal.ts";

const client = "clientId: cowork-desktop";

describe("a gateway's sign-in", () => {
  refused([
    [
      "through an identity provider whose token x-api-key cannot carry",
      "eu-gateway",
      [["customHeaders: { x-geography: eu }", "authScheme: x-api-key"]],
      [
        '  routes.0.authScheme: "x-api-key" cannot carry the token of an identity provider; use bearer, or desktop kind helper-script',
      ],
    ],
    [
      "through the broker at an issuer that is not Entra ID",
      "eu-gateway",
      [[client, `${client}\n        authFlow: broker`]],
      [
        '  routes.0.desktop.authFlow: "broker" signs in at Entra ID only, and the issuer is https://login.example.com; use browser',
      ],
    ],
    [
      "with an access token for no scope",
      "eu-gateway",
      [["scopes: openid profile offline_access", "bearerTokenType: access_token"]],
      [
        "  routes.0.desktop.scopes: missing; an access token is made for scopes, offline_access among them",
      ],
    ],
    [
      "at the address of the issuer's metadata",
      "eu-gateway",
      [["issuer: https://login.example.com", "issuer: https://login.example.com/.well-known/x"]],
      [
        '  routes.0.desktop.issuer: "https://login.example.com/.well-known/x" is the address of its metadata; write what stands before /.well-known/',
      ],
    ],
    [
      "at an issuer with a credential, which is not repeated",
      "eu-gateway",
      [["issuer: https://login.example.com", "issuer: https://a:hunter2@login.example.com"]],
      ["  routes.0.desktop.issuer: must be an https URL without credentials, query or fragment"],
    ],
    [
      "with a key",
      "eu-gateway",
      [["kind: external-idp", "kind: static"]],
      [
        '  routes.0.desktop.kind: "static" is not a choice; use one of external-idp, helper-script, credential-helper',
      ],
    ],
    [
      "with a client secret",
      "eu-gateway",
      [[client, `${client}\n        clientSecret: hunter2`]],
      [
        "  routes.0.desktop.clientSecret: unknown key; use one of kind, issuer, clientId, bearerTokenType, scopes, authFlow, redirectPort, minimumAppVersion",
      ],
    ],
    [
      "for a release that is none",
      "eu-gateway",
      [[client, `${client}\n        minimumAppVersion: '2'`]],
      ['  routes.0.desktop.minimumAppVersion: "2": a release such as 2.7032.0'],
    ],
  ]);
});
