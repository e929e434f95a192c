import type * as pulumi from "@pulumi/pulumi";

import type { FoundryNames } from "./names.ts";

/** Where the parts of a route are put. */
export interface FoundryPlace {
  /** Required. Resource group, as an output so that its parts come after it. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** Required. Azure region of everything that rests. */
  readonly region: string;
  readonly names: FoundryNames;
}
