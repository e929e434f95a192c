import type { ProfileRecords, Zone } from "../residency/types.ts";

/** What a rule says about one resource. No finding at all means "pass". */
export interface Finding {
  /**
   * `fail`: the value is known and wrong. `undecidable`: the rule cannot see what decides.
   * `not-proven`: the value is merely not known yet at preview; at `up` it counts as undecidable.
   */
  readonly status: "fail" | "undecidable" | "not-proven";
  /** Names the value and the choice; never repeats the rule's description. */
  readonly message: string;
}

/** A resource as a rule sees it, the same for one resource and for the whole stack. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Reading a value that is not known yet throws; let it throw, the runner turns it into "not proven". */
  readonly props: Readonly<Record<string, unknown>>;
  /** Inputs of the provider in use; `undefined` for components and providers themselves. */
  readonly providerProps: Readonly<Record<string, unknown>> | undefined;
  /** Resources a property's value came from; known over the whole stack only, else empty. */
  dependenciesOf(property: string): readonly Resource[];
}

/** What a rule may know besides the resource. */
export interface RuleContext {
  readonly zone: Zone;
  /** ISO date the verdicts are asked for. */
  readonly today: string;
  /** Application-inference-profile ARN -> what it was copied from, as compliance recorded it. */
  readonly profileSources: ProfileRecords;
  /** The other resources seen: all of them at preview, those registered so far at `up`; none for scope `resource`. */
  readonly stack: StackView;
}

/** A look at the resources of a stack which costs the same however many they are. */
export interface StackView {
  /**
   * The first registered resource of the given types whose property is this text. A property that is absent, empty
   * or not known yet never matches.
   */
  find(types: ReadonlySet<string>, property: string, text: string): Resource | undefined;
  /** All of them, in the order of registration within a type. */
  findAll(types: ReadonlySet<string>, property: string, text: string): readonly Resource[];
}

/** One rule: what must be true, of which types, and how to see whether it is. */
export interface Rule {
  /** Kebab-case statement of what is true; also the file name. */
  readonly name: string;
  readonly description: string;
  /** What the author of a refused resource should do. */
  readonly remediation: string;
  /**
   * `resource`: each resource alone. `stack`: needs other resources too, so it is judged over the
   * whole stack at preview, and at `up` before each creation against what was registered by then.
   */
  readonly scope: "resource" | "stack";
  appliesTo(type: string): boolean;
  judge(resource: Resource, context: RuleContext): readonly Finding[];
}

/** Types a rule's literal; exists so that every rule file reads the same. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

export function fail(message: string): Finding {
  return { status: "fail", message };
}

export function undecidable(message: string): Finding {
  return { status: "undecidable", message };
}
