import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { unknownCheckingProxy } from "@pulumi/policy";
import type { Rule } from "../../policy-pack/rule.ts";
import { type Surroundings, toPolicy } from "../../policy-pack/run.ts";
import { StackIndex } from "../../policy-pack/stack-index.ts";
import type { ProfileRecords, Zone } from "../../residency/types.ts";

/** What the engine sends in place of a text that is not known yet. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Zone of the tests, in full, so that a change of the shipped zones cannot move an expectation. */
export const euZone: Zone = {
  id: "eu",
  label: "test zone",
  countries: ["DE", "ES", "FR", "IE", "IT", "SE"],
  awsPartition: "aws",
  acceptances: [],
};

export interface Candidate {
  readonly type: string;
  readonly name?: string;
  readonly props: Record<string, unknown>;
  /** Inputs of its provider; `undefined` for a component. */
  readonly provider?: Record<string, unknown> | undefined;
  /** What the cloud fills in: seen over the whole stack only, beside the inputs. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Property -> names of the resources its value came from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
}

export interface Run {
  /** Default: preview. */
  readonly phase?: "preview" | "up";
  readonly strictPreview?: boolean;
  readonly zone?: Surroundings["zone"];
  readonly profileSources?: ProfileRecords;
  /** Other resources of the stack, registered before the candidate. */
  readonly others?: readonly Candidate[];
}

/** What a rule reports for the last resource of a stack: `blocks: ...` or `advises: ...`. */
export async function reportsOf(
  rule: Rule,
  candidate: Candidate,
  run: Run = {},
): Promise<string[]> {
  const reports: string[] = [];
  const report = (given: unknown) => {
    // The rule's own description leads an object report, as the SDK adds it to a text.
    if (typeof given === "string") reports.push(`blocks: ${given}`);
    else reports.push(`advises: ${(given as { message: string }).message.split("\n")[1]}`);
  };
  const around: Surroundings = {
    zone: run.zone ?? euZone,
    preview: run.phase !== "up",
    strictPreview: run.strictPreview ?? false,
    today: "2026-11-20",
    profileSources: run.profileSources ?? {},
    registered: new StackIndex(),
  };
  const policy = toPolicy(rule, () => around);
  const stack = [...(run.others ?? []), candidate];
  if ("validateResource" in policy) {
    for (const [index, one] of stack.entries()) {
      const isCandidate = index === stack.length - 1;
      for (const check of [policy.validateResource ?? []].flat()) {
        await check(argsOf(one), isCandidate ? report : () => undefined);
      }
    }
  }
  if ("validateStack" in policy) {
    const last = argsOf(candidate).urn;
    await policy.validateStack(
      {
        resources: stackOf(stack),
        stackTags: new Map(),
        getConfig: <T extends object>() => ({}) as T,
        notApplicable,
      },
      (given, urn) => {
        if (urn === last) report(given);
        else if (typeof given !== "string" && (given as { urn: string }).urn === last)
          report(given);
      },
    );
  }
  return reports;
}

/** Arguments as the engine hands them to a rule. */
export function argsOf({ type, name = "it", props, provider }: Candidate): ResourceValidationArgs {
  const providerPart =
    provider === undefined
      ? {}
      : {
          provider: {
            type: "pulumi:providers:aws",
            name: "default",
            urn: "urn:pulumi:eu::test::pulumi:providers:aws::default",
            props: unknownCheckingProxy(provider),
          },
        };
  return {
    type,
    name,
    urn: `urn:pulumi:eu::test::${type}::${name}`,
    props: unknownCheckingProxy(props),
    ...providerPart,
    opts,
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: <T extends object>() => ({}) as T,
    notApplicable,
  };
}

const opts = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

function notApplicable(reason?: string): never {
  throw new Error(`not applicable: ${reason ?? "no reason given"}`);
}

function stackOf(candidates: readonly Candidate[]): PolicyResource[] {
  const resources = candidates.map(
    (candidate): PolicyResource => ({
      ...argsOf({ ...candidate, props: { ...candidate.props, ...candidate.outputs } }),
      dependencies: [],
      propertyDependencies: {},
      isType: () => false,
      asType: () => undefined,
    }),
  );
  for (const [index, { from = {} }] of candidates.entries()) {
    for (const [property, names] of Object.entries(from)) {
      resources[index]!.propertyDependencies[property] = resources.filter((r) =>
        names.includes(r.name),
      );
    }
  }
  return resources;
}
