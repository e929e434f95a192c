import type { Failure } from "../failure.ts";
import type { CheckedAnswer } from "../provider-model.ts";
import type { Properties, Value } from "../struct.ts";
import type { Modelled } from "./modelled.ts";
import type { Rule } from "./rules.ts";
import type { Schema } from "./schema.ts";

/** A resource the program asks for. */
export interface Asked<Settings> {
  readonly type: Modelled;
  readonly urn: string;
  /** Inputs of the last run; empty for a resource that is new. */
  readonly olds: Properties;
  readonly news: Properties;
  readonly settings: Settings;
}

/** A resource about to exist, or a preview of it. */
export interface Wanted<Settings> {
  readonly type: Modelled;
  readonly urn: string;
  readonly inputs: Properties;
  readonly settings: Settings;
}

/** Answer of one data source; `settings` are those of the provider that asks. */
export type Answer<Settings> = (args: Properties, settings: Settings) => CheckedAnswer;

/** What tells one cloud from another: data, and the few things its provider does its own way. */
export interface Cloud<Settings> {
  /** Package name, for example `aws`. */
  readonly name: string;
  readonly schema: Schema;
  readonly types: ReadonlyMap<string, Modelled>;
  /** Data sources by token. One not here is refused, never answered empty. */
  readonly invokes: ReadonlyMap<string, Answer<Settings>>;
  /** True for a provider without the Terraform bridge, which leaves no `__defaults` in nested objects. */
  readonly isNative?: boolean;
  /** What happens in life to an input the SDK's types do not have, put behind the refusal. */
  readonly strangers?: string;
  /** What its provider settings may not hold. */
  readonly configRules: readonly Rule[];
  /** Inputs that force a replacement whatever the type, for example `region`. */
  readonly places: readonly string[];
  /** Reads a provider's configuration as the engine sends it. */
  readonly settings: (config: Properties) => Settings;
  /** What Check does beyond shape, defaults, names and rules; changes `inputs`, answers refusals. */
  readonly complete: (inputs: Record<string, Value>, asked: Asked<Settings>) => readonly Failure[];
  /** Values a resource takes from its provider without having them among its inputs. */
  readonly inherited: (settings: Settings) => Properties;
  /** Why a resource of this state cannot be deleted; undefined when it can. */
  readonly keeps: (state: Properties) => string | undefined;
  /** What services refuse beyond the rules of a type; asked when defaults and names are in place. */
  readonly refusals: (inputs: Properties, type: Modelled) => readonly Failure[];
  /** Where a resource lies: part of its identity, as in `["111122223333", "eu-central-1"]`. */
  readonly placeOf: (inputs: Properties, settings: Settings) => readonly Value[];
  /** Outputs the provider knows from inputs and settings alone, so already in a preview. */
  readonly derived: (name: string, wanted: Wanted<Settings>) => Value | undefined;
  /** Outputs the services answer where a type says nothing of its own. */
  readonly conventional: (name: string, wanted: Wanted<Settings>) => Value | undefined;
  /** What templates may name beyond inputs and outputs. */
  readonly fact: (name: string, wanted: Wanted<Settings>) => Value | undefined;
}
