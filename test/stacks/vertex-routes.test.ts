import { describe, expect, test } from "vitest";

import { judgeConfig } from "../../stacks/config-rules.ts";
import type { VertexRouteConfig } from "../../stacks/config-schema.ts";
import { compliance, routesOnly, today } from "./shipped.ts";

const eu = routesOnly("eu");
const google = eu.routes.find((route): route is VertexRouteConfig => route.provider === "vertex");
if (google === undefined) throw new Error("no Vertex route");
const elsewhere = {
  ...google,
  name: "second",
  project: { kind: "adopt", projectId: "example-second", projectNumber: "765432109876" },
  reach: { kind: "public" },
} as const;

function problems(change: Partial<VertexRouteConfig>, first: Partial<VertexRouteConfig> = {}) {
  const routes = [
    { ...google, ...first },
    { ...elsewhere, ...change },
  ] as VertexRouteConfig[];
  return judgeConfig({ ...eu, routes }, { compliance: compliance(), stack: "eu", today }).problems;
}

describe("two Vertex routes of one geography", () => {
  test("share nothing but the zone", () => {
    expect(problems({})).toEqual([]);
  });

  test("cannot be in one project", () => {
    expect(problems({ project: google.project })).toEqual([
      {
        path: "routes.1.project.projectId",
        reason:
          "routes.0 is in project example-cowork-eu already, and a project has one audit configuration; merge the two, or use another project",
      },
    ]);
  });

  test("cannot set organization policies on one parent, but on their own projects", () => {
    const wide = { scope: "organization", mode: "dry-run" } as const;
    expect(problems({ organizationPolicies: wide }, { organizationPolicies: wide })).toEqual([
      {
        path: "routes.1.organizationPolicies",
        reason:
          "routes.0 sets organization policies on organization 123456789012 already, and a parent has one of each; keep them on one route",
      },
    ]);
    const narrow = { scope: "project", mode: "dry-run" } as const;
    expect(problems({ organizationPolicies: narrow }, { organizationPolicies: narrow })).toEqual(
      [],
    );
    const folder = (folderId: string) => ({ ...wide, scope: "folder", folderId }) as const;
    expect(
      problems(
        { organizationPolicies: folder("222222222222") },
        { organizationPolicies: folder("111111111111") },
      ),
    ).toEqual([]);
  });

  test("cannot make one workforce pool twice", () => {
    const access = { ...google.access, poolId: "example-people" } as VertexRouteConfig["access"];
    expect(problems({ access }, { access })).toEqual([
      {
        path: "routes.1.access.poolId",
        reason: 'routes.0 makes the workforce pool "example-people" already; choose another id',
      },
    ]);
  });

  test("cannot have overlapping ranges", () => {
    const reach = (cidr: string): VertexRouteConfig["reach"] => ({
      kind: "private",
      pinBaseUrl: false,
      network: { kind: "create", cidr, clientCidrs: ["10.8.0.0/14"] },
    });
    expect(problems({ reach: reach("10.61.0.0/24") })).toEqual([]);
    expect(problems({ reach: reach("10.60.0.0/22") })).toEqual([
      {
        path: "routes.1.reach.network.cidr",
        reason:
          "10.60.0.0/22 overlaps 10.60.0.0/24 of routes.0; laptops could reach only one of them",
      },
    ]);
  });
});
