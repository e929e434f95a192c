import { describe, expect, it } from "vitest";

import { checkLabel, routeLabel, routeNames } from "../../../components/aws/names.ts";
import { logRetentionDays } from "../../../components/aws/retention.ts";

describe("routeNames", () => {
  it("spells every name of a route from its configuration alone", () => {
    const label = routeLabel("example-corp", "eu", "frankfurt");
    expect(routeNames(label, { accountId: "111122223333" })).toEqual({
      bucketName: "cowork-example-corp-eu-frankfurt-111122223333",
      invocationLogGroupName: "/cowork/example-corp-eu-frankfurt/invocations",
      trailLogGroupName: "/cowork/example-corp-eu-frankfurt/trail",
      flowLogGroupName: "/cowork/example-corp-eu-frankfurt/flow",
      trailName: "cowork-example-corp-eu-frankfurt",
      alarmName: "cowork-example-corp-eu-frankfurt-inference-outside-zone",
      topicName: "cowork-example-corp-eu-frankfurt-alarms",
      keyAlias: "alias/cowork-example-corp-eu-frankfurt",
    });
  });

  it("keeps the longest label within a bucket name's 63 characters", () => {
    const longest = "a".repeat(43);
    expect(checkLabel(longest)).toEqual([]);
    expect(routeNames(longest, { accountId: "111122223333" }).bucketName).toHaveLength(63);
  });
});

describe("checkLabel", () => {
  const shape = "may hold lower-case letters, digits and single hyphens between them";

  it.each([
    "",
    "Example",
    "example--eu",
    "-example",
    "example-",
    "exa mple",
    "exa_mple",
    "exämple",
  ])('refuses "%s"', (label) => {
    expect(checkLabel(label)).toEqual([{ path: "label", reason: `"${label}" ${shape}` }]);
  });

  it("refuses one character too many and says what to shorten", () => {
    const label = "a".repeat(44);
    expect(checkLabel(label)).toEqual([
      {
        path: "label",
        reason: `"${label}" has 44 characters; at most 43 fit a bucket name of 63: shorten the organization, geography or route`,
      },
    ]);
  });
});

it("the retentions are those of PutRetentionPolicy", () => {
  expect(logRetentionDays).toHaveLength(22);
  expect([logRetentionDays[0], logRetentionDays.at(-1)]).toEqual([1, 3653]);
});
