import type {
  Policies,
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
} from "@pulumi/policy";

import type { ProfileRecords, Zone } from "../residency/types.ts";
import type { Finding, Resource, Rule, RuleContext, StackView } from "./rule.ts";
import { StackIndex } from "./stack-index.ts";
import { isUnknownRead, notProven } from "./unknown.ts";

/** What the pack knows about the run it takes part in. */
export interface Surroundings {
  /** The stack's zone, or why no rule can know it. */
  readonly zone: Zone | { readonly problem: string };
  readonly preview: boolean;
  /** True when compliance wants "not proven yet" to block at preview as well. */
  readonly strictPreview: boolean;
  /** ISO date. */
  readonly today: string;
  /** Application-inference-profile ARN -> what it was copied from, by compliance. Default: none recorded. */
  readonly profileSources?: ProfileRecords;
  /** Resources registered so far in this run. */
  readonly registered: StackIndex;
}

type Policy = Policies[number];

/** What a rule of scope `resource` sees of the others. */
const ALONE: StackView = { find: () => undefined, findAll: () => [] };

/**
 * Makes the policy Pulumi runs out of a rule. Nothing a rule does can make the check silent.
 * A resource of a type the rule does not apply to costs one look into a map.
 */
export function toPolicy(rule: Rule, surroundings: () => Surroundings): Policy {
  const metadata = {
    name: rule.name,
    description: rule.description,
    enforcementLevel: "mandatory",
    severity: "critical",
    remediationSteps: rule.remediation,
  } as const;
  const applies = rememberedByType((type) => rule.appliesTo(type));

  const check = (
    resource: Resource,
    around: Surroundings,
    stack: StackView,
    report: ReportViolation,
  ): void => {
    for (const finding of findingsOf(rule, resource, around, stack)) {
      deliver(rule, finding, around, report, resource.urn);
    }
  };

  if (rule.scope === "resource") {
    return {
      ...metadata,
      validateResource(args, report) {
        if (applies(args.type)) check(fromArgs(args), surroundings(), ALONE, report);
      },
    };
  }
  return {
    ...metadata,
    validateResource(args, report) {
      const around = surroundings();
      const resource = fromArgs(args);
      around.registered.register(resource);
      // A preview is judged below, where every resource and every dependency can be seen.
      if (!around.preview && applies(args.type)) check(resource, around, around.registered, report);
    },
    validateStack(args, report) {
      const around = surroundings();
      // At `up` this runs after creation: too late to protect, and already judged above.
      if (!around.preview) return;
      const stack = wholeStack(args.resources, around.registered);
      for (const resource of args.resources) {
        if (!applies(resource.type)) continue;
        check(fromStack(resource, around.registered), around, stack, report);
      }
    },
  };
}

function rememberedByType(ask: (type: string) => boolean): (type: string) => boolean {
  const answers = new Map<string, boolean>();
  return (type) => {
    const answer = answers.get(type) ?? ask(type);
    answers.set(type, answer);
    return answer;
  };
}

/** The resources of a preview, indexed when a rule first looks one up: most stacks give no rule a reason to. */
function wholeStack(resources: readonly PolicyResource[], registered: StackIndex): StackView {
  let index: StackIndex | undefined;
  const built = () => {
    index ??= StackIndex.of(resources.map((resource) => fromStack(resource, registered)));
    return index;
  };
  return {
    find: (...wanted) => built().find(...wanted),
    findAll: (...wanted) => built().findAll(...wanted),
  };
}

/** Judges one resource; every way a judge can break becomes a finding. */
function findingsOf(
  rule: Rule,
  resource: Resource,
  around: Surroundings,
  stack: StackView,
): readonly Finding[] {
  if ("problem" in around.zone) {
    return [{ status: "undecidable", message: `no zone to judge by: ${around.zone.problem}` }];
  }
  const { zone, today, profileSources = {} } = around;
  const findings = judgeSafely(rule, resource, { zone, today, profileSources, stack });
  const unknown = findings.length > 0 ? notKnownOfProvider(resource) : undefined;
  return unknown === undefined
    ? findings
    : [
        {
          status: "not-proven",
          message: `its provider's ${unknown}, and so every input, is not known`,
        },
      ];
}

function judgeSafely(rule: Rule, resource: Resource, context: RuleContext): readonly Finding[] {
  try {
    return rule.judge(resource, context);
  } catch (error) {
    if (isUnknownRead(error)) {
      return [notProven(error)];
    }
    const cause = error instanceof Error ? error.message : String(error);
    return [{ status: "undecidable", message: `the rule could not judge this resource: ${cause}` }];
  }
}

/**
 * The engine skips Check, and hands over no inputs at all, while anything a provider is configured by is unknown:
 * AWS's region, Google's project. Names what it is.
 */
function notKnownOfProvider({ props, providerProps = {} }: Resource): string | undefined {
  if (Object.keys(props).length > 0) return undefined;
  return Object.keys(providerProps).find((property) => {
    try {
      void providerProps[property];
      return false;
    } catch (error) {
      return isUnknownRead(error);
    }
  });
}

function deliver(
  rule: Rule,
  finding: Finding,
  around: Surroundings,
  report: ReportViolation,
  urn: string,
): void {
  if (finding.status === "fail") {
    report(finding.message, urn);
  } else if (finding.status === "undecidable" || !around.preview) {
    report(`undecidable: ${finding.message}`, urn);
  } else if (around.strictPreview) {
    report(`not proven, and strictPreview is on: ${finding.message}`, urn);
  } else {
    advise(rule, `not proven, decided at up: ${finding.message}`, report, urn);
  }
}

/**
 * Reports without blocking, under the rule's own name. A rule has one enforcement level, but
 * the SDK's report function also takes an object with a level of its own (its `server.js`,
 * `makeReportViolationFun`); the types do not say so, and a test pins it for the SDK in use.
 */
function advise(rule: Rule, message: string, report: ReportViolation, urn: string): void {
  const withLevel = report as unknown as (violation: {
    readonly message: string;
    readonly description: string;
    readonly enforcementLevel: "advisory";
    readonly urn: string;
  }) => void;
  withLevel({
    message: `${rule.description}\n${message}`,
    description: rule.description,
    enforcementLevel: "advisory",
    urn,
  });
}

function fromArgs(args: ResourceValidationArgs): Resource {
  return {
    type: args.type,
    name: args.name,
    urn: args.urn,
    props: args.props,
    providerProps: args.provider?.props,
    dependenciesOf: () => [],
  };
}

/**
 * A resource of the whole stack, with the inputs it was registered with: in a stack the engine shows
 * outputs, where everything the cloud may fill in is unknown at preview even if nobody asked for it.
 */
function fromStack(resource: PolicyResource, registered: StackIndex): Resource {
  return {
    type: resource.type,
    name: resource.name,
    urn: resource.urn,
    props: registered.get(resource.urn)?.props ?? resource.props,
    providerProps: resource.provider?.props,
    dependenciesOf: (property) =>
      (resource.propertyDependencies[property] ?? []).map((from) => fromStack(from, registered)),
  };
}
