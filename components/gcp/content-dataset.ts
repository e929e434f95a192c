import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import { checkLogRetention } from "./audit-logs.ts";
import { type ContentLogTarget, contentLogSteps } from "./content-log-request.ts";
import { checkStorePlace, type GrantedKey, type StoreArgs } from "./store-place.ts";

/** Arguments of {@link ContentDataset}. */
export interface ContentDatasetArgs extends StoreArgs {
  /** Required. Key of the same region that BigQuery may use already. */
  readonly key: GrantedKey;
  /** Required. Letters, digits and underscores. */
  readonly datasetId: string;
  /** Required. Days a row is kept. Google keeps what expired up to 7 days more for time travel. */
  readonly retentionDays: number;
  /** Required. Location Claude is called at. */
  readonly location: string;
  /** Required. Publisher model ids whose prompts and answers are to be written. */
  readonly models: readonly string[];
}

const millisecondsPerDay = 86_400_000;

/**
 * Dataset for the prompts and answers of a route: the most sensitive store there is, so only for companies that
 * must have it. It ends zero retention by the company's own choice.
 *
 * Creates: the dataset, in the data region, every table under the route's key, nobody but the project's owners
 * on its access list (Google's default would let in every viewer), contents kept on destroy. Rows expire with
 * their day where Google partitions the table; else the whole table goes when it is that old. It does not switch
 * the log on: no provider can, see {@link ContentDataset.remainingSteps} and `docs/runbook-vertex.md`.
 *
 * The access list is complete: grant readers on the project, or through a view, not with `DatasetIamMember`.
 * Needs the API `bigquery.googleapis.com`.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 * @see https://docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/request-response-logging
 */
export class ContentDataset extends pulumi.ComponentResource {
  /** Plain name, `projects/P/datasets/D`. */
  readonly datasetName: string;
  /** One sentence a model: the request that switches its log on. */
  readonly remainingSteps: readonly string[];

  constructor(name: string, args: ContentDatasetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:ContentDataset", name, {}, opts);
    rejectBadInputs(this, name, checkContentDataset(args));
    const { key, datasetId, retentionDays } = args;
    const { projectId, ready } = args.project;
    const expirationMs = retentionDays * millisecondsPerDay;

    new gcp.bigquery.Dataset(
      name,
      {
        project: projectId,
        datasetId,
        location: args.place.dataRegion,
        description: `Prompts and answers of cowork route ${args.label}; stays in ${args.place.dataRegion}.`,
        defaultEncryptionConfiguration: { kmsKeyName: key.name },
        defaultTableExpirationMs: expirationMs,
        defaultPartitionExpirationMs: expirationMs,
        deleteContentsOnDestroy: false,
        accesses: [{ role: "OWNER", specialGroup: "projectOwners" }],
      },
      { parent: this, dependsOn: [...ready, key.grant] },
    );

    this.datasetName = `projects/${projectId}/datasets/${datasetId}`;
    this.remainingSteps = contentLogSteps(targetOf(projectId, args));
    this.registerOutputs({
      datasetName: this.datasetName,
      kmsKey: key.name,
      retentionDays,
      remainingSteps: [...this.remainingSteps],
    });
  }
}

function targetOf(
  projectId: string,
  { location, models, datasetId }: ContentDatasetArgs,
): ContentLogTarget {
  return { projectId, location, models, datasetId };
}

/** Pure, so that edges are tested without an engine. */
export function checkContentDataset(args: Omit<ContentDatasetArgs, "key" | "project">): Problem[] {
  return [
    ...checkStorePlace(args),
    ...checkDatasetId("datasetId", args.datasetId),
    ...checkLogRetention("retentionDays", args.retentionDays),
  ];
}

/** @see https://docs.cloud.google.com/bigquery/docs/datasets#dataset-naming (read 2026-11-21) */
export function checkDatasetId(path: string, datasetId: string): Problem[] {
  if (/^\w{1,1024}$/.test(datasetId)) return [];
  const reason = `"${datasetId}" is no dataset id: 1 to 1024 letters, digits and underscores`;
  return [{ path, reason }];
}
