import * as pulumi from "@pulumi/pulumi";

import { rejectBadInputs } from "../shared/input-check.ts";
import { checkVertexProject } from "./vertex-project-checks.ts";
import type { VertexProjectArgs } from "./vertex-route.ts";

/**
 * One route to Claude on Vertex AI: one project, one location, and all that laptops need there.
 *
 * @throws pulumi.ResourceError, before anything is created, naming every rejected setting; a model whose
 *   verdict is anything but `inside` is one, with the reason and the nearest alternative.
 */
export class VertexProject extends pulumi.ComponentResource {
  /** The route as `contract/vertex-route.ts` describes it. */
  readonly route: pulumi.Output<unknown>;

  constructor(name: string, args: VertexProjectArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:VertexProject", name, {}, opts);
    rejectBadInputs(this, name, checkVertexProject(args));
    this.route = pulumi.output({});
    this.registerOutputs({ route: this.route });
  }
}
