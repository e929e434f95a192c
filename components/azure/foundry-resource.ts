import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../shared/input-check.ts";
import { checkFoundryResource } from "./foundry-resource-checks.ts";
import type { FoundryResourceArgs } from "./foundry-route.ts";

export type { FoundryResourceArgs, FoundryRouteSettings } from "./foundry-route.ts";

/**
 * One route to Claude in Microsoft Foundry.
 *
 * @throws pulumi.ResourceError, before anything is created, naming every rejected setting.
 */
export class FoundryResource extends pulumi.ComponentResource {
  /** The route as `contract/foundry-route.ts` describes it. Identifiers only. */
  readonly route: pulumi.Output<unknown>;

  constructor(name: string, args: FoundryResourceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:azure:FoundryResource", name, {}, opts);
    rejectBadInputs(this, name, checkFoundryResource(args));
    this.route = pulumi.output({});
    this.registerOutputs({ route: this.route });
  }
}
