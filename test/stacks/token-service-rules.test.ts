import { describe, expect, it } from "vitest";

import { type Change, refusalOf } from "./refusal.ts";
import { fileText } from "./shipped.ts";
import { withoutService } from "./support/without-service.ts";

/** A service the European stack would run in Frankfurt, for people and for devices. */
const service = `cowork:tokenService:
    kind: create
    runsOn: frankfurt
    host: tokens.eu.example.com
    image: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/cowork-token-service@sha256:${"ab".repeat(32)}
    clientCidrs: [10.8.0.0/14]
    egressCidrs: [10.8.4.0/24]
    aws:
      certificateArn: arn:aws:acm:eu-central-1:111122223333:certificate/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d
      network: { kind: create, cidr: 10.44.0.0/24 }
    trustPolicy:
      trustPolicyVersion: 1
      issuers:
        - name: company
          issuer: https://login.example.com
          audiences: [cowork-desktop]
          algorithms: [RS256]
      policies:
        - name: everybody
          from: company
          claims: { groups: cowork-eu }
          geography: eu
          routes: [frankfurt, google]
          sessionSeconds: 3600
  cowork:profiles`;

const refusal = (stack: string, ...changes: Change[]) =>
  refusalOf({ stack, text: withoutService(fileText(`stacks/Pulumi.${stack}.yaml`)) }, [
    ["cowork:profiles", service],
    ...changes,
  ]);

describe("the token service of a stack, asked for wrongly", () => {
  it.each<[string, Change[], string[]]>([
    [
      "a route nobody has",
      [["runsOn: frankfurt", "runsOn: frankfrt"]],
      ['  tokenService.runsOn: "frankfrt" is no route; use one of frankfurt, google'],
    ],
    [
      "a cloud it says nothing of",
      [["runsOn: frankfurt", "runsOn: google"]],
      ['  tokenService.google: missing; "google" is a vertex route, so the service runs there'],
    ],
    [
      "doors open to everybody, and one shut to its issuers",
      [
        ["clientCidrs: [10.8.0.0/14]\n    egress", "clientCidrs: [0.0.0.0/0]\n    egress"],
        ["egressCidrs: [10.8.4.0/24]", "egressCidrs: []"],
      ],
      [
        "  tokenService.clientCidrs.0: 0.0.0.0/0 is everywhere; name ranges",
        "  tokenService.egressCidrs: empty; the service could not read the issuers' keys, so list where they answer",
      ],
    ],
    [
      "another geography's policy",
      [["geography: eu\n          routes", "geography: us\n          routes"]],
      [
        '  tokenService.trustPolicy.policies.0.geography: "us" is not this stack, "eu"; a service holds only its own geography',
      ],
    ],
    [
      "a policy for a route of another file",
      [["routes: [frankfurt, google]", "routes: [frankfurt, virginia]"]],
      ['  tokenService.trustPolicy.policies.0.routes.1: "virginia" is no route of this file'],
    ],
    [
      "a list of revoked certificates it could not read",
      [
        [
          "policies:\n        - name: everybody",
          `deviceAuthorities:
        - name: fleet
          certificates: "-----BEGIN CERTIFICATE-----"
          revocation: { kind: crl, file: /etc/crl.pem }
      policies:
        - name: everybody`,
        ],
      ],
      [
        "  tokenService.trustPolicy.deviceAuthorities.0.revocation.kind: the created service has no file system of its own to read a list from; use short-lived",
      ],
    ],
    [
      "one replica, and an image that can change",
      [
        [`@sha256:${"ab".repeat(32)}`, ":latest"],
        ["host: tokens.eu.example.com", "host: tokens.eu.example.com\n    replicas: 1"],
      ],
      [
        '  tokenService.image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/cowork-token-service:latest": pin it by digest, name@sha256:...',
        "  tokenService.replicas: 1 is too small; use 2 at least",
      ],
    ],
  ])("refuses %s", (_, changes, problems) => {
    expect(refusal("eu", ...changes)).toEqual(["eu: invalid configuration", ...problems]);
  });

  it.each<[string, Change[], string[]]>([
    [
      "whatever its component refuses, at the place where it stands",
      [
        ["certificateArn: arn:aws:acm:eu-central-1", "certificateArn: arn:aws:acm:us-east-1"],
        ["cidr: 10.44.0.0/24", "cidr: 10.44.0.0/29"],
        ["ecr.eu-central-1.amazonaws.com", "ecr.us-east-1.amazonaws.com"],
      ],
      [
        `  tokenService.image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/cowork-token-service@sha256:${"ab".repeat(32)}" is in us-east-1, the service in eu-central-1; copy it there`,
        '  tokenService.aws.certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d" is no certificate of 111122223333 in eu-central-1; write arn:aws:acm:eu-central-1:111122223333:certificate/<id>',
        '  tokenService.aws.network.cidr: "10.44.0.0/29"; a VPC is /16 to /28',
      ],
    ],
    [
      "policies its own judge refuses",
      [
        ["claims: { groups: cowork-eu }", "claims: { groups: '.*' }"],
        ["from: company", "from: compny"],
        ["sessionSeconds: 3600", "sessionSeconds: 3600\n          models: [claude-haiku-1]"],
      ],
      [
        '  tokenService.trustPolicy.policies.0.from: "compny" is neither an issuer nor a device authority; did you mean "company"?',
        '  tokenService.trustPolicy.policies.0.models.0: "claude-haiku-1" is no model of "frankfurt": eu.anthropic.claude-opus-5-5, eu.anthropic.claude-sonnet-5-5',
        '  tokenService.trustPolicy.policies.0.models: credentials of "frankfurt" (bedrock) cannot be limited to some of its models; leave models out',
        '  tokenService.trustPolicy.policies.0.models.0: "claude-haiku-1" is no model of "google": claude-opus-5-5, claude-sonnet-5-5',
        '  tokenService.trustPolicy.policies.0.models: credentials of "google" (vertex) cannot be limited to some of its models; leave models out',
        "  tokenService.trustPolicy.policies.0.claims: matches anybody or an empty text; one claim has to say who is meant",
      ],
    ],
  ])("refuses %s", (_, changes, problems) => {
    expect(refusal("eu", ...changes)).toEqual(["eu: invalid configuration", ...problems]);
  });

  it("refuses a route whose sign-in gives a service nothing to start from", () => {
    const us = service
      .replace("runsOn: frankfurt", "runsOn: virginia")
      .replace("geography: eu", "geography: us")
      .replace("routes: [frankfurt, google]", "routes: [virginia, azure]");
    expect(refusalOf({ stack: "us" }, [["cowork:profiles", us]])).toEqual([
      "us: invalid configuration",
      '  routes.0.access.kind: "identity-center" gives a token service nothing to start from; use oidc or principal',
      '  tokenService.foundry: missing; "azure" needs the Entra application the service uses',
    ]);
  });

  it("refuses a service of somebody else's without a proper origin or with a route nobody has", () => {
    const existing = `cowork:tokenService:
    kind: existing
    url: http://tokens.example.com/v1
    routes: [frankfurt, ireland]
    longestSessionSeconds: 3600
  cowork:profiles`;
    expect(
      refusalOf({ stack: "eu", text: withoutService(fileText("stacks/Pulumi.eu.yaml")) }, [
        ["cowork:profiles", existing],
      ]),
    ).toEqual([
      "eu: invalid configuration",
      "  tokenService.url: must be an https origin without path or credentials",
      '  tokenService.routes.1: "ireland" is no route of this file',
    ]);
  });
});
