import { z } from "zod";

import { accountId, arn, oidcSignIn, principalSignIn, regionId } from "./bedrock-route.ts";
import { routeName } from "./formats.ts";
import { helperScript } from "./helper-script.ts";

/** In-region Bedrock: another IAM service, another endpoint, and no invocation log. */
export const mantleRoute = z.strictObject({
  name: routeName,
  provider: z.literal("mantle"),
  partition: z.enum(["aws", "aws-us-gov"]),
  accountId,
  /** Where requests are sent and processed. */
  region: regionId,
  /** Project the grant names. */
  projectId: z.string().regex(/^[\w-]+$/),
  /** Full base URL, `/anthropic` included. */
  baseUrl: z
    .string()
    .regex(/^https:\/\/bedrock-mantle\.[a-z0-9-]+\.api\.aws\/anthropic$/, "a mantle base URL"),
  /** How laptops reach the endpoint. */
  reach: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("resolver"),
      /** Addresses the corporate DNS forwards the endpoint names to. */
      addresses: z.array(z.ipv4()).min(2),
    }),
    z.strictObject({ kind: z.literal("routed") }),
  ]),
  /** Base model ids; the first is the laptop's default. */
  models: z.array(z.strictObject({ id: z.string().min(1), label: z.string().min(1) })).min(1),
  signIn: z.discriminatedUnion("kind", [oidcSignIn, principalSignIn]),
  desktop: helperScript,
  logs: z.strictObject({
    bucketName: z.string().min(3),
    trailArn: arn,
    kmsKeyArn: arn,
    retentionDays: z.int().min(1),
    /** Written out: Bedrock's invocation log does not cover mantle. */
    invocations: z.literal("not logged"),
  }),
  /** What the verdicts and the endpoint do not promise, one sentence each. */
  caveats: z.array(z.string().min(1)).min(1),
});

export type MantleRouteOutputs = z.infer<typeof mantleRoute>;
