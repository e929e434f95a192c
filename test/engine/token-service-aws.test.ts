import { fileURLToPath } from "node:url";
import * as aws from "@pulumi/aws";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { AwsTokenServiceArgs } from "../../components/aws/token-service/args.ts";
import { TokenService } from "../../components/aws/token-service/token-service.ts";
import { type StandIns, startStandIns } from "../../offline/providers/stand-ins.ts";
import { authority, serviceArgs } from "../components/aws/token-service/support.ts";
import { stand } from "./support.ts";

let standIns: StandIns;
beforeAll(async () => {
  standIns = await startStandIns();
});
afterAll(() => standIns.close());

const serviceConfig =
  (region: string): AwsTokenServiceArgs["serviceConfig"] =>
  ({ storeUrl, ...created }) =>
    JSON.stringify({
      routes: [{ name: "route", provider: "bedrock", region }],
      store: { kind: "redis", url: storeUrl },
      ...created,
    });

const programFor = (region: string) => async () => {
  const provider = new aws.Provider("aws", {
    region: "eu-central-1",
    allowedAccountIds: ["111122223333"],
  });
  const args = serviceArgs({
    serviceConfig: serviceConfig(region),
    signs: true,
    deviceAuthorities: authority,
  });
  const { target, logs, taskRoleArn } = new TokenService("tokens", args, { provider });
  return { target, logs, taskRoleArn };
};

const program = programFor("eu-central-1");

test("a token service at AWS passes the whole pack, goes up, stays as it is and comes down", async () => {
  const policyPack = fileURLToPath(new URL("../../policy-pack", import.meta.url));
  const { run } = stand({ policyPack, env: standIns.env });
  const preview = await run("preview", program);
  expect(preview.problems).toEqual([]);
  // The store's address exists only with the store; the configuration refers to it, so that all of it is known now.
  expect(preview.policyMessages).toEqual([]);

  // A route outside the zone is seen that early too, in the configuration itself.
  const outside = await run("preview", programFor("us-east-1"));
  expect(outside.policyMessages.map(({ message }) => message.split("\n").at(-1))).toEqual([
    expect.stringContaining("the region of its route route is us-east-1"),
  ]);

  const first = await run("up", program);
  expect(first.problems).toEqual([]);
  expect(first.policyMessages).toEqual([]);
  expect(first.outputs).toEqual({
    target: expect.stringMatching(
      /^internal-cowork-tokens-example-eu-\d{10}\.eu-central-1\.elb\.amazonaws\.com$/,
    ),
    logs: "/cowork/token-service-example-eu/service",
    taskRoleArn: "arn:aws:iam::111122223333:role/cowork/cowork-token-service-example-eu",
  });

  const again = await run("preview", program);
  expect(again.policyMessages).toEqual([]);
  expect(Object.keys(again.changes)).toEqual(["same"]);
  const second = await run("up", program);
  expect(second.problems).toEqual([]);
  expect(Object.keys(second.changes)).toEqual(["same"]);

  const changed = await run("preview", programFor("eu-west-1"));
  expect(changed.policyMessages).toEqual([]);
  // Another configuration is another task definition, and the service goes over to it.
  expect(changed.changes).toMatchObject({ replace: 1, update: 1 });
  expect((await run("destroy", program)).problems).toEqual([]);
});
