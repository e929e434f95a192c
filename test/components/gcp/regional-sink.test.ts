import { expect, it } from "vitest";

import { keptInRegion } from "../../../components/gcp/regional-sink.ts";
import { deploy } from "../../support/deploy.ts";
import { logBucketName } from "./private-path-args.ts";

it("sends entries to the bucket and the same entries nowhere else", async () => {
  const { resources } = await deploy(() =>
    keptInRegion(
      "flows",
      {
        projectId: "example-claude-eu",
        name: "own-flows",
        bucketName: logBucketName,
        filter: 'log_id("x")',
        what: "Flows",
      },
      {},
    ),
  );

  expect(resources).toEqual([
    {
      type: "gcp:logging/projectExclusion:ProjectExclusion",
      name: "flows",
      inputs: {
        project: "example-claude-eu",
        name: "own-flows",
        description:
          "Flows rest in projects/example-claude-eu/locations/europe-west3/buckets/cowork-example-eu-claude only.",
        filter: 'log_id("x")',
      },
    },
    {
      type: "gcp:logging/projectSink:ProjectSink",
      name: "flows",
      inputs: {
        project: "example-claude-eu",
        name: "own-flows",
        description:
          "Flows, to projects/example-claude-eu/locations/europe-west3/buckets/cowork-example-eu-claude.",
        destination:
          "logging.googleapis.com/projects/example-claude-eu/locations/europe-west3/buckets/cowork-example-eu-claude",
        filter: 'log_id("x")',
        uniqueWriterIdentity: true,
      },
    },
  ]);
});
