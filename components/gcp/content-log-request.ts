import { vertexHost } from "../../residency/gcp/hosts.ts";

/** Which calls are to be written, and where to. */
export interface ContentLogTarget {
  readonly projectId: string;
  /** Location Claude is called at: each has a configuration of its own. */
  readonly location: string;
  readonly models: readonly string[];
  readonly datasetId: string;
}

/** The request that switches one model's log on. */
export interface ContentLogRequest {
  readonly url: string;
  /** JSON text. */
  readonly body: string;
}

/** Google makes the table with its own columns. */
const tableId = "claude_calls";

/**
 * The request no provider can make: `setPublisherModelConfig`, one a model and location, sent to the location's
 * own host. Preview at Google, REST only for Anthropic's models; rows over 10 MB are dropped.
 *
 * @throws Error for a location without a Claude endpoint; routes are judged before.
 * @see https://docs.cloud.google.com/gemini-enterprise-agent-platform/reference/rest/v1beta1/projects.locations.publishers.models/setPublisherModelConfig
 */
export function contentLogRequest(
  { projectId, location, datasetId }: Omit<ContentLogTarget, "models">,
  model: string,
): ContentLogRequest {
  const host = vertexHost(location);
  if (host === undefined) throw new Error(`no Claude endpoint at "${location}"`);
  const path = `projects/${projectId}/locations/${location}/publishers/anthropic/models/${model}`;
  return {
    url: `https://${host}/v1beta1/${path}:setPublisherModelConfig`,
    body: JSON.stringify({
      publisherModelConfig: {
        loggingConfig: {
          enabled: true,
          samplingRate: 1,
          bigqueryDestination: { outputUri: `bq://${projectId}.${datasetId}.${tableId}` },
        },
      },
    }),
  };
}

/** The same as a sentence a model, for the steps that are left to people. */
export function contentLogSteps(target: ContentLogTarget): string[] {
  return target.models.map((model) => {
    const { url, body } = contentLogRequest(target, model);
    return `Switch the log of prompts and answers on for ${model}: POST ${body} to ${url} (docs/runbook-vertex.md).`;
  });
}
