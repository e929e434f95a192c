import type { Value } from "../struct.ts";
import type { Rule } from "./rules.ts";

/**
 * What one resource type does beyond what the SDK's type definitions say.
 *
 * Texts are templates (see `template.ts`): `{id}`, `{hex:17}`, `{upper:17}`, `{uuid}`, the name of an
 * input, or a fact of the cloud (`{account}`, `{project}`).
 */
export interface ResourceType<AnyRule = Rule> {
  /** Id the service gives, for example `vpc-{hex:17}`. */
  readonly id: string;
  /**
   * Inputs the service can only change by replacing the resource; the cloud adds its places.
   * A dotted path names one inside: `versionTemplate.protectionLevel`.
   */
  readonly replaceOn: readonly string[];
  /** Outputs the service computes; those not named follow the rules of `compute.ts`. */
  readonly computed?: Readonly<Record<string, Value>>;
  /**
   * What the service adds inside an object output, by the output's name: `{ properties: { endpoint: "..." } }`.
   * Known when the resource exists; unknown in a preview, whatever the program gave beside it.
   */
  readonly inside?: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  /**
   * Inputs the provider fills in at Check when the program leaves them out. A dotted path names one
   * inside an object, filled in where the object is given.
   */
  readonly defaults?: Readonly<Record<string, Value>>;
  /** Inputs that hold JSON text; a policy input typed as an object is found without this. */
  readonly json?: readonly string[];
  /** How a missing name is made. Default: `name` where the SDK says it is optional. */
  readonly autoName?: AutoName | readonly AutoName[] | "none";
  readonly rules?: readonly AnyRule[];
}

/** How the provider names a resource the program left unnamed. */
export interface AutoName {
  /** Input that takes the name. */
  readonly input: string;
  /** Characters allowed in a whole name. */
  readonly maxLength: number;
  /** Put before the logical name, for example `alias/`. Default: nothing. */
  readonly prefix?: string;
  /** True when the provider makes the name lower case. */
  readonly lowerCase?: boolean;
  /** False when the name is the logical name itself. Default: 7 hex digits follow. */
  readonly suffix?: false;
}
