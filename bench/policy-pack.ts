import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { Surroundings } from "../policy-pack/run.ts";
import { StackIndex } from "../policy-pack/stack-index.ts";
import { builtInZones } from "../residency/zones.ts";
import { geographyStack } from "../stacks/geography.ts";
import { cloudAnswers, compliance, shippedConfig, today } from "../test/stacks/shipped.ts";
import { deploy, type Registered } from "../test/support/deploy.ts";
import { argsOf } from "../test/support/run-rule.ts";
import type { Bench } from "./bench.ts";
import { medianOf, type Taken, takenBy } from "./measure.ts";

const runs = 3;
const phases = ["preview", "up"] as const;

/** @param sizes Numbers of resources, the smallest first. */
export function policyPackBench(sizes: readonly number[]): Bench {
  return {
    name: "policy-pack",
    what: "every rule over one stack's resources, in process",
    target: "< 0.3 s over 1,000; linear to 10,000",
    async run() {
      // A run of this process only: the pack reads the engine's settings when it is loaded.
      const { policiesFor } = await import("../policy-pack/policies.ts");
      const pattern = await euResources();
      const measure = async (size: number, phase: (typeof phases)[number]) => {
        const resources = stackOf(pattern, size);
        const around = surroundings(phase === "preview");
        const policies = policiesFor(() => around);
        const reports: string[] = [];
        const report = (given: unknown) => void reports.push(JSON.stringify(given));
        const taken = await takenBy(async () => {
          for (const resource of resources) {
            for (const policy of policies) {
              if (!("validateResource" in policy)) continue;
              for (const check of [policy.validateResource ?? []].flat())
                await check(resource, report);
            }
          }
          for (const policy of policies) {
            if ("validateStack" in policy) await policy.validateStack(stackArgs(resources), report);
          }
        });
        if (reports.length > 0) {
          throw new Error(`the shipped stack is refused ${reports.length} times: ${reports[0]}`);
        }
        return taken;
      };
      await measure(Math.min(...sizes), "preview"); // Warms the compiler up.
      const figures = [];
      for (const phase of phases) {
        let first: { readonly size: number; readonly seconds: number } | undefined;
        for (const size of sizes) {
          const taken: Taken[] = [];
          for (let run = 0; run < runs; run += 1) taken.push(await measure(size, phase));
          const seconds = medianOf(taken.map(({ wall }) => wall));
          const processor = medianOf(taken.flatMap((one) => one.processor ?? []));
          first ??= { size, seconds };
          const ratio = seconds / size / (first.seconds / first.size);
          const growth = size === first.size ? "" : `; ${ratio.toFixed(2)} x linear`;
          figures.push({
            figure: `${seconds.toFixed(3)} s`,
            note: `${phase}, ${size.toLocaleString("en")} resources${growth}; median of ${runs}; processor time ${processor.toFixed(2)} s`,
          });
        }
      }
      return figures;
    },
  };
}

/** What the eu stack registers; its key has an ARN that names its region, as the pack demands. */
async function euResources(): Promise<readonly Registered[]> {
  const stack = "eu";
  const keyArn = (name: string) => ({ arn: `arn:aws:kms:eu-central-1:111122223333:key/${name}` });
  const { resources } = await deploy(
    () => geographyStack(shippedConfig(stack), { compliance: compliance(), stack, today }),
    { ...cloudAnswers, outputs: { ...cloudAnswers.outputs, "aws:kms/key:Key": keyArn } },
  );
  // As in a real run, what others name is registered before them.
  const named = [
    "aws:s3/bucketObjectv2:BucketObjectv2",
    "aws:s3/bucket:Bucket",
    "aws:iam/role:Role",
  ];
  return resources.toSorted((a, b) => named.indexOf(b.type) - named.indexOf(a.type));
}

/** The eu stack's own resources over and over, each copy under names of its own. */
function stackOf(pattern: readonly Registered[], size: number): ResourceValidationArgs[] {
  return Array.from({ length: size }, (_, index) => {
    const one = pattern[index % pattern.length];
    if (one === undefined) throw new Error("the eu stack has no resources");
    const copy = Math.floor(index / pattern.length);
    const rename = (text: string) => text.replace(/(frankfurt|eu-google)/g, `$1${copy}`);
    return argsOf({
      type: one.type,
      name: `${rename(one.name)}-${index}`,
      props: JSON.parse(rename(JSON.stringify(one.inputs))),
      provider: providerOf(one.type),
    });
  });
}

function providerOf(type: string): Readonly<Record<string, string>> | undefined {
  if (type.startsWith("aws:")) return { region: "eu-central-1" };
  return type.startsWith("gcp:")
    ? { project: "example-cowork-eu", region: "europe-west3" }
    : undefined;
}

function surroundings(preview: boolean): Surroundings {
  const zone = builtInZones.eu ?? { problem: "no zone eu" };
  return {
    zone,
    preview,
    strictPreview: true,
    today,
    registered: new StackIndex(),
    profileSources: {},
  };
}

function stackArgs(resources: readonly ResourceValidationArgs[]) {
  return {
    resources: resources.map(
      (resource): PolicyResource => ({
        ...resource,
        dependencies: [],
        propertyDependencies: {},
        isType: () => false,
        asType: () => undefined,
      }),
    ),
    stackTags: new Map<string, string>(),
    getConfig: <T extends object>() => ({}) as T,
    notApplicable: (reason?: string): never => {
      throw new Error(`not applicable: ${reason ?? "no reason given"}`);
    },
  };
}
