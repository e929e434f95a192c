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

const serviceConfig: AwsTokenServiceArgs["serviceConfig"] = ({ storeUrl, ...created }) =>
  JSON.stringify({
    routes: [{ name: "frankfurt", provider: "bedrock", region: "eu-central-1" }],
    store: { kind: "redis", url: storeUrl },
    ...created,
  });

const program = async () => {
  const provider = new aws.Provider("aws", {
    region: "eu-central-1",
    allowedAccountIds: ["111122223333"],
  });
  const args = serviceArgs({ serviceConfig, signs: true, deviceAuthorities: authority });
  const { target, logs, taskRoleArn } = new TokenService("tokens", args, { provider });
  return { target, logs, taskRoleArn };
};

test("a token service at AWS passes the whole pack, goes up, stays as it is and comes down", async () => {
  const policyPack = fileURLToPath(new URL("../../policy-pack", import.meta.url));
  const { run } = stand({ policyPack, env: standIns.env });
  const preview = await run("preview", program);
  expect(preview.problems).toEqual([]);
  // The store's address exists only with the store, so the container that is told it is judged at up.
  expect(preview.policyMessages.map(({ message }) => message.replace(/^.*: /s, ""))).toEqual([
    "`containerDefinitions` is not known yet",
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
  expect((await run("destroy", program)).problems).toEqual([]);
});
