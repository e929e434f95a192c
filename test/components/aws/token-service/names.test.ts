import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseEcrImage } from "../../../../components/aws/token-service/image.ts";
import { tlsPolicy } from "../../../../components/aws/token-service/load-balancer.ts";
import {
  serviceLabel,
  serviceNames,
  taskRoleArn,
} from "../../../../components/aws/token-service/names.ts";
import { stopTimeoutSeconds } from "../../../../components/aws/token-service/task.ts";
import { frankfurt } from "../places.ts";
import { digest, image } from "./support.ts";

describe("names", () => {
  it("are composed of configuration alone", () => {
    const label = serviceLabel("example", "eu");
    expect(label).toBe("token-service-example-eu");
    expect(taskRoleArn(frankfurt, label)).toBe(
      "arn:aws:iam::111122223333:role/cowork/cowork-token-service-example-eu",
    );
    expect(taskRoleArn(frankfurt, label, "/apps/")).toBe(
      "arn:aws:iam::111122223333:role/apps/cowork-token-service-example-eu",
    );
    expect(serviceNames(frankfurt, label)).toMatchObject({
      shortName: "cowork-tokens-example-eu",
      storeUser: "cowork-tokens-example-eu-user",
      bucketName: "cowork-token-service-example-eu-111122223333",
      signingKeyAlias: "alias/cowork-token-service-example-eu-signing",
    });
  });

  it("are never those of a route, which begin with the organization", () => {
    expect(serviceLabel("example", "eu").startsWith("example-")).toBe(false);
  });

  it("fit load balancers and MemoryDB, and stay apart, whatever the label", () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,12}$/);
    const pair = fc.tuple(word, word);
    const nameOf = ([a, b]: readonly [string, string]) =>
      serviceNames(frankfurt, serviceLabel(a, b)).shortName;
    fc.assert(
      fc.property(pair, pair, (one, other) => {
        const name = nameOf(one);
        expect(name).toMatch(/^(?!internal-)(?!.*--)[a-z][a-z0-9-]{0,31}(?<!-)$/);
        if (one.join("-") !== other.join("-")) expect(name).not.toBe(nameOf(other));
      }),
    );
  });
});

describe("images", () => {
  it("are read with account, region, repository and digest", () => {
    expect(parseEcrImage(image)).toEqual({
      accountId: "111122223333",
      region: "eu-central-1",
      repository: "cowork/token-service",
      digest,
    });
  });

  it.each([
    "",
    `token-service@${digest}`,
    image.replace("sha256", "sha512"),
    image.slice(0, -1),
    `${image}0`,
    image.replace("dkr.ecr", "dkr.ecr.evil"),
    image.replace("amazonaws.com", "amazonaws.com.evil.example"),
    image.replace("cowork/", "../"),
    `https://${image}`,
  ])("are not read from %j", (text) => {
    expect(parseEcrImage(text)).toBeUndefined();
  });
});

describe("a task", () => {
  it("has longer than its own grace to stop, and never more than ECS gives", () => {
    expect(stopTimeoutSeconds(20)).toBe(30);
    expect(stopTimeoutSeconds(110)).toBe(120);
  });
});

describe("TLS", () => {
  it("is version 1.3 only, with FIPS modules in GovCloud", () => {
    expect(tlsPolicy("aws")).toBe("ELBSecurityPolicy-TLS13-1-3-PQ-2025-09");
    expect(tlsPolicy("aws-us-gov")).toBe("ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09");
  });
});
