import type { Failure } from "./failure.ts";
import type { Properties } from "./struct.ts";

/** A resource as the engine names it. */
export interface Target {
  readonly urn: string;
  /** Type token, for example `aws:ec2/vpc:Vpc`. */
  readonly type: string;
}

/** Inputs after Check, and what is refused. */
export interface CheckResult {
  readonly inputs: Properties;
  readonly failures: readonly Failure[];
}

/**
 * A cloud provider without the wire. Functions are pure: all they know comes in, so one server
 * can serve many stacks at once. `config` is that of the provider instance that asks.
 * A function that cannot answer throws, and the message reaches the user.
 */
export interface ProviderModel {
  /** Package name, for example `aws`. */
  readonly name: string;
  /** Version of the SDK it imitates. */
  readonly version: string;
  checkConfig(inputs: Properties): CheckResult;
  check(target: Target, olds: Properties, news: Properties, config: Properties): CheckResult;
  /**
   * What a diff compares: inputs, and the places a resource takes from its provider: those of the
   * old state (`from`), or those of `config` when `from` is left out.
   */
  compared(
    target: Target,
    what: { readonly inputs: Properties; readonly from?: Properties },
    config: Properties,
  ): Properties;
  /** Throws when a resource of this state is protected against deletion. */
  remove(target: Target, state: Properties): void;
  /** Inputs that force a replacement when they change; a dotted path names one inside. */
  replaceOn(type: string): ReadonlySet<string>;
  /** Lists inside its inputs whose items are told apart by name, as dotted paths. Default: none. */
  alignedOn?(type: string): ReadonlySet<string>;
  /** Whether a replacement deletes first; told from the inputs of the last run. Default: never. */
  deletesFirst?(olds: Properties): boolean;
  previewCreate(target: Target, inputs: Properties, config: Properties): Properties;
  create(
    target: Target,
    inputs: Properties,
    config: Properties,
  ): { readonly id: string; readonly outputs: Properties };
  update(
    target: Target,
    change: { readonly olds: Properties; readonly news: Properties; readonly preview: boolean },
    config: Properties,
  ): Properties;
  invoke(token: string, args: Properties, config: Properties): CheckedAnswer;
}

/** Answer of an invoke: what it returns, or why the arguments are refused. */
export type CheckedAnswer =
  | { readonly answer: Properties }
  | { readonly failures: readonly Failure[] };
