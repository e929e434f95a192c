import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** Entries that must rest in the data region. */
export interface RegionalEntries {
  readonly projectId: string;
  /** Name of the sink and of the exclusion. */
  readonly name: string;
  /** `projects/P/locations/L/buckets/B` of the same project: no grant is needed. */
  readonly bucketName: string;
  /** Logging query that names the entries. */
  readonly filter: string;
  /** What they are, for people who find the sink. */
  readonly what: string;
}

/**
 * Sends log entries to a bucket in the data region and keeps them out of `_Default`, which may lie in `global`.
 * The exclusion comes after the sink, so that nothing falls between them.
 * @returns the exclusion: whatever writes such entries depends on it.
 * @see https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/projects.exclusions/create (read 2026-11-21)
 */
export function keptInRegion(
  resourceName: string,
  { projectId: project, name, bucketName, filter, what }: RegionalEntries,
  inside: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const sink = new gcp.logging.ProjectSink(
    resourceName,
    {
      project,
      name,
      description: `${what}, to ${bucketName}.`,
      destination: `logging.googleapis.com/${bucketName}`,
      filter,
      uniqueWriterIdentity: true,
    },
    inside,
  );
  return new gcp.logging.ProjectExclusion(
    resourceName,
    { project, name, description: `${what} rest in ${bucketName} only.`, filter },
    { ...inside, dependsOn: [sink] },
  );
}
