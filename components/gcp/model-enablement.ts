import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import type { Zone } from "../../residency/types.ts";
import { verdict } from "../../residency/verdict.ts";
import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import { checkLegalOptIn, type LegalOptIn } from "../shared/legal-opt-in.ts";
import type { StoreProject } from "./store-place.ts";

/** Arguments of {@link ModelEnablement}. */
export interface ModelEnablementArgs {
  /** Required. */
  readonly project: StoreProject;
  /** Required. See {@link LegalOptIn}. */
  readonly legal: LegalOptIn;
  /** Required. What the models must stay inside. */
  readonly zone: Zone;
  /** Required. Location they will be called at: enabling has none, so residency is judged here. */
  readonly location: string;
  /** Required. Publisher model ids, for example `claude-opus-5-5`. */
  readonly models: readonly string[];
  /** Required. ISO date of today. */
  readonly today: string;
}

/**
 * Enables models in a project for the company: the marketplace side of a legal act, so it happens only with a
 * named person and a date. Without an opt-in do not create this component.
 *
 * Creates: one enablement a model. Google takes it only after a person with
 * `roles/consumerprocurement.entitlementManager` has filled in Anthropic's questionnaire and accepted the terms on
 * the model's card; approval can take two days, and quota is separate. Removing it from a stack disables nothing.
 *
 * Needs the APIs `aiplatform.googleapis.com` and `cloudcommerceconsumerprocurement.googleapis.com`. The request
 * goes to the global host, which carries no prompt; `gcp.restrictEndpointUsage` in force may refuse it.
 *
 * @throws pulumi.ResourceError naming every bad argument; a model whose verdict at the location is anything but
 *   `inside` is one, so a model that keeps or shares content is never enabled unaccepted.
 * @see https://docs.cloud.google.com/gemini-enterprise-agent-platform/reference/rest/v1beta1/projects.publishers.models/enableModel (2026)
 */
export class ModelEnablement extends pulumi.ComponentResource {
  /** The opt-in the enablement rests on, kept in the stack's state for the auditor. */
  readonly legal: LegalOptIn;

  constructor(name: string, args: ModelEnablementArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:ModelEnablement", name, {}, opts);
    rejectBadInputs(this, name, checkModelEnablement(args));
    const { project, models } = args;
    this.legal = args.legal;

    for (const model of models) {
      new gcp.vertex.AiModelGardenEnableModel(
        `${name}-${model.replaceAll(/[^a-zA-Z0-9]+/g, "-")}`,
        {
          project: project.projectId,
          publisherModelName: `publishers/anthropic/models/${model}`,
        },
        { parent: this, dependsOn: [...project.ready] },
      );
    }
    this.registerOutputs({ legal: this.legal, models: [...models] });
  }
}

/** Pure, so that edges are tested without an engine. */
export function checkModelEnablement(args: Omit<ModelEnablementArgs, "project">): Problem[] {
  const { legal, zone, location: region, models, today } = args;
  const problems = checkLegalOptIn("legal", legal, today);
  if (models.length === 0) {
    problems.push({ path: "models", reason: "empty; name the models whose terms were accepted" });
  }
  if (new Set(models).size !== models.length) {
    problems.push({ path: "models", reason: `[${models.join(", ")}] names one twice` });
  }
  for (const [position, model] of models.entries()) {
    const judged = verdict({ zone, provider: "vertex", region, model, today });
    if (judged.status === "inside") continue;
    const hint = judged.alternative === undefined ? "" : `; use ${judged.alternative}`;
    const reason = `${judged.status}: ${judged.reason}${hint}`;
    problems.push({ path: `models.${position}`, reason });
  }
  return problems;
}

/**
 * What people do before a model answers, a sentence each.
 *
 * @param enabledHere whether the stack enables the models ({@link ModelEnablement})
 */
export function modelSteps(
  projectId: string,
  models: readonly string[],
  { enabledHere }: { readonly enabledHere: boolean },
): string[] {
  const which = models.join(", ");
  return [
    `A person with roles/consumerprocurement.entitlementManager accepts Anthropic's terms on the model cards of ${which} in project ${projectId}; approval can take two days (docs/runbook-vertex.md).`,
    ...(enabledHere
      ? []
      : [
          `Enable ${which} on their model cards in project ${projectId}, or set modelAccess.legal (docs/runbook-vertex.md).`,
        ]),
    `See that ${projectId} has quota for ${which}: an enabled model may have none (docs/runbook-vertex.md).`,
  ];
}
