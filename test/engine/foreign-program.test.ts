import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as aws from "@pulumi/aws";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackRun } from "../../offline/engine/run-stack.ts";
import { startAwsProvider } from "../../offline/providers/aws.ts";
import { stand, temporaryFolder } from "./support.ts";

const policyPack = fileURLToPath(new URL("../../policy-pack", import.meta.url));
let provider: Awaited<ReturnType<typeof startAwsProvider>>;

beforeAll(async () => {
  provider = await startAwsProvider();
});
afterAll(() => provider.close());

/** Runs somebody else's program, which uses none of our components, with our pack on. */
async function run(operation: "preview" | "up", program: PulumiFn, rules = ""): Promise<StackRun> {
  const compliance = join(temporaryFolder(), "zones.yaml");
  writeFileSync(compliance, `stacks: { eu: eu }\n${rules}`);
  const engine = stand({
    policyPack,
    config: { "aws:region": "eu-central-1" },
    env: { PULUMI_DEBUG_PROVIDERS: `aws:${provider.port}`, COWORK_COMPLIANCE_FILE: compliance },
  });
  return await engine.run(operation, program);
}

const created = ({ steps }: StackRun, type: string) =>
  steps.filter((step) => step.op === "create" && step.type === type).length;
const mandatory = ({ policyMessages }: StackRun) =>
  policyMessages.filter(({ level }) => level === "mandatory").map(({ rule }) => rule);

describe("a program that uses plain resources", () => {
  test("passes when everything stays in the zone", async () => {
    const result = await run("up", async () => {
      new aws.sqs.Queue("jobs");
      return {};
    }).catch((error: unknown) => error);
    // The stand-in refuses types it does not model rather than answer emptily.
    expect(result).toMatchObject({ ok: false });

    const modelled = await run("up", async () => {
      new aws.cloudwatch.LogGroup("audit", { region: "eu-west-1" });
    });
    expect(modelled.problems).toEqual([]);
    expect(modelled.ok).toBe(true);
  });

  const leaks: [string, string, string, PulumiFn][] = [
    [
      "a bucket in another country",
      "aws:s3/bucket:Bucket",
      "resources-stay-in-the-zone",
      async () => {
        new aws.s3.Bucket("leak", { region: "us-east-1" });
      },
    ],
    [
      "a log group whose provider is in London",
      "aws:cloudwatch/logGroup:LogGroup",
      "resources-stay-in-the-zone",
      async () => {
        const london = new aws.Provider("london", { region: "eu-west-2" });
        new aws.cloudwatch.LogGroup("leak", {}, { provider: london });
      },
    ],
    [
      "a role that may call a global profile",
      "aws:iam/policy:Policy",
      "profiles-stay-in-the-zone",
      async () => {
        new aws.iam.Policy("leak", {
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: "bedrock:InvokeModel",
                Resource:
                  "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/global.anthropic.claude-opus-5-5",
              },
            ],
          }),
        });
      },
    ],
    [
      "a grant on every Bedrock action",
      "aws:iam/policy:Policy",
      "invoke-grants-are-exact",
      async () => {
        new aws.iam.Policy("leak", {
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "bedrock:*", Resource: "*" }],
          }),
        });
      },
    ],
    [
      "a log group whose provider calls an address of its own",
      "aws:cloudwatch/logGroup:LogGroup",
      "resources-stay-in-the-zone",
      async () => {
        const elsewhere = new aws.Provider("elsewhere", {
          region: "eu-central-1",
          endpoints: [{ cloudwatchlogs: "https://logs.us-east-1.amazonaws.com" }],
        });
        new aws.cloudwatch.LogGroup("leak", {}, { provider: elsewhere });
      },
    ],
    [
      "a role for laptops that holds a policy nobody can read",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "laptop-principals-hold-no-broad-policy",
      async () => {
        const role = new aws.iam.Role("laptop", {
          assumeRolePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: "sts:AssumeRoleWithWebIdentity",
                Principal: {
                  Federated: "arn:aws:iam::111122223333:oidc-provider/login.example.com",
                },
                Condition: {
                  StringEquals: {
                    "login.example.com:aud": "cowork",
                    "login.example.com:sub": "ci",
                  },
                },
              },
            ],
          }),
        });
        new aws.iam.RolePolicyAttachment("leak", {
          role: role.name,
          policyArn: "arn:aws:iam::111122223333:policy/Elsewhere",
        });
      },
    ],
    [
      "a role anybody may assume",
      "aws:iam/role:Role",
      "roles-name-whom-they-trust",
      async () => {
        const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" };
        const trust = { Version: "2012-10-17", Statement: [statement] };
        new aws.iam.Role("leak", { assumeRolePolicy: JSON.stringify(trust) });
      },
    ],
    [
      "a long-term Bedrock key",
      "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
      "no-bedrock-service-credentials",
      async () => {
        new aws.iam.ServiceSpecificCredential("leak", {
          serviceName: "bedrock.amazonaws.com",
          userName: "someone",
        });
      },
    ],
  ];

  test.each(leaks)("is stopped before it creates %s", async (_what, type, rule, program) => {
    for (const operation of ["preview", "up"] as const) {
      const result = await run(operation, program);
      expect(result.ok).toBe(false);
      expect(mandatory(result)).toContain(rule);
      if (operation === "up") expect(created(result, type)).toBe(0);
    }
  });

  test("is told what is not proven at preview, and blocked there when previews are strict", async () => {
    const program: PulumiFn = async () => {
      const zone = new aws.cloudwatch.LogGroup("names", { region: "eu-west-1" });
      // The bucket's region is known only once the log group exists.
      new aws.s3.Bucket("later", { region: zone.arn.apply((arn) => arn.split(":")[3] ?? "") });
    };
    const lenient = await run("preview", program);
    expect(lenient.ok).toBe(true);
    expect(lenient.policyMessages.map(({ level }) => level)).toContain("advisory");
    expect(lenient.policyMessages.map(({ message }) => message).join()).toContain(
      "not proven, decided at up",
    );

    const strict = await run("preview", program, "strictPreview: true\n");
    expect(strict.ok).toBe(false);
    expect(mandatory(strict)).toContain("resources-stay-in-the-zone");

    const up = await run("up", program);
    expect(up.problems).toEqual([]);
  });

  test("is decided at up, before the resource exists, when the value turns out to be outside", async () => {
    const result = await run("up", async () => {
      const names = new aws.cloudwatch.LogGroup("names", { region: "eu-west-1" });
      new aws.s3.Bucket("later", { region: names.arn.apply(() => "us-east-1") });
    });
    expect(result.ok).toBe(false);
    expect(mandatory(result)).toContain("resources-stay-in-the-zone");
    expect(created(result, "aws:s3/bucket:Bucket")).toBe(0);
  });

  test("is refused whole when the compliance file cannot be read", async () => {
    const result = await run(
      "up",
      async () => {
        new aws.cloudwatch.LogGroup("audit", { region: "eu-west-1" });
      },
      "nonsense: [",
    );
    expect(result.ok).toBe(false);
    expect(mandatory(result)).toContain("stack-is-mapped-to-a-zone");
    expect(created(result, "aws:cloudwatch/logGroup:LogGroup")).toBe(0);
  });
});
