import * as aws from "@pulumi/aws";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";

const model = "anthropic.claude-sonnet-5-5-20260203-v1:0";

/** What each group of the program holds; a group's last two resources name its first two. */
export const groupSize = 5;

/**
 * Somebody else's stack: plain resources, none of our components, all inside zone eu. Names are plain text, so that
 * rules which look a bucket or a role up by its name must do so.
 *
 * @param size Number of resources; a multiple of {@link groupSize}.
 */
export function foreignProgram(size: number): PulumiFn {
  return async () => {
    for (let index = 0; index < size / groupSize; index += 1) group(`team-${index}`);
  };
}

function group(name: string): void {
  const region = "eu-central-1";
  const role = `${name}-caller`;
  const bucket = new aws.s3.Bucket(name, { bucket: `example-${name}`, region });
  const caller = new aws.iam.Role(role, {
    name: role,
    assumeRolePolicy: document("sts:AssumeRole", { Principal: { Service: "ec2.amazonaws.com" } }),
  });
  new aws.cloudwatch.LogGroup(name, { name: `/example/${name}`, retentionInDays: 30, region });
  const policy = document("bedrock:InvokeModel", {
    Resource: `arn:aws:bedrock:${region}::foundation-model/${model}`,
  });
  new aws.iam.RolePolicy(name, { role, policy }, { dependsOn: caller });
  new aws.s3.BucketLogging(
    name,
    { bucket: `example-${name}`, targetBucket: `example-${name}`, targetPrefix: "log/", region },
    { dependsOn: bucket },
  );
}

function document(action: string, rest: object): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, ...rest }],
  });
}
