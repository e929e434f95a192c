import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  checkVertexLabel,
  defaultPoolId,
  fitted,
  vertexLabel,
} from "../../../components/gcp/names.ts";

describe("names of a Vertex route", () => {
  it("joins organization, geography and route", () => {
    expect(vertexLabel("example-corp", "eu", "google")).toBe("example-corp-eu-google");
    expect(defaultPoolId("example-corp-eu-google")).toBe("cowork-example-corp-eu-google");
  });

  it("leaves a text that fits as it is, to the last character", () => {
    expect(fitted("a".repeat(63), 63)).toBe("a".repeat(63));
  });

  it("ends a text that is too long with a hash of all of it", () => {
    expect(fitted("a".repeat(64), 63)).toBe(`${"a".repeat(54)}-ffe054fe`);
    expect(fitted(`${"a".repeat(53)}-${"b".repeat(20)}`, 63)).toMatch(/^a{53}-[0-9a-f]{8}$/);
  });

  it("never makes a pool id too long, and never one of two labels", () => {
    const label = fc.stringMatching(/^[a-z0-9]{1,20}(-[a-z0-9]{1,20}){2,4}$/);
    fc.assert(
      fc.property(label, label, (one, other) => {
        expect(defaultPoolId(one)).toMatch(/^[a-z][a-z0-9-]{4,61}[a-z0-9]$/);
        expect(defaultPoolId(one) === defaultPoolId(other)).toBe(one === other);
      }),
    );
  });
});

describe("checkVertexLabel", () => {
  it("accepts 63 characters", () => {
    expect(checkVertexLabel("a".repeat(63))).toEqual([]);
  });

  it("refuses 64 and says what to shorten", () => {
    const label = "a".repeat(64);
    expect(checkVertexLabel(label)).toEqual([
      {
        path: "label",
        reason: `"${label}" has 64 characters; at most 63 fit a label: shorten the organization, geography or route`,
      },
    ]);
  });

  it.each(["", "Example", "example--eu", "-example", "example-", "exa_mple", "exämple"])(
    'refuses "%s"',
    (label) => {
      expect(checkVertexLabel(label)).toEqual([
        {
          path: "label",
          reason: `"${label}" may hold lower-case letters, digits and single hyphens between them`,
        },
      ]);
    },
  );
});
