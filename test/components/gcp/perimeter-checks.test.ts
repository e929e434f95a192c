import { describe, expect, it } from "vitest";

import { checkPerimeter } from "../../../components/gcp/perimeter-checks.ts";
import type { VertexRouteSettings } from "../../../components/gcp/vertex-route.ts";
import { vertexArgs } from "./private-path-args.ts";

type Settings = NonNullable<VertexRouteSettings["perimeter"]>;
const good: Settings = {
  accessPolicyId: "987654321098",
  mode: "dry-run",
  ingressCidrs: ["203.0.113.0/24", "198.51.100.7/32"],
};
const problems = (perimeter: Partial<Settings>, route: Partial<VertexRouteSettings> = {}) =>
  checkPerimeter(vertexArgs({ ...route, perimeter: { ...good, ...perimeter } })).map(
    ({ path, reason }) => `${path}: ${reason}`,
  );

describe("checkPerimeter", () => {
  it("has nothing against public ranges, or against none on a private path", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ ingressCidrs: [] })).toEqual([]);
    expect(problems({}, { reach: { kind: "public" } })).toEqual([]);
  });

  it("says nothing where no perimeter is wanted", () => {
    expect(checkPerimeter(vertexArgs())).toEqual([]);
  });

  it.each(["dry-run", "enforced"] as const)(
    "refuses a perimeter that lets nobody in, %s or not",
    (mode) => {
      expect(problems({ mode, ingressCidrs: [] }, { reach: { kind: "public" } })).toEqual([
        'perimeter.ingressCidrs: empty; with reach "public" nobody could call Claude: name the public ranges people come from',
      ]);
    },
  );

  it.each([
    "10.8.0.0/16",
    "172.16.0.0/12",
    "172.0.0.0/8",
    "192.168.1.0/24",
    "100.64.0.0/16",
    "127.0.0.1/32",
    "169.254.169.254/32",
    "224.0.0.0/8",
    "255.255.255.255/32",
    "0.0.0.0/8",
  ])("refuses %s, from where Google sees nobody", (range) => {
    expect(problems({ ingressCidrs: ["203.0.113.0/24", range] })).toEqual([
      `perimeter.ingressCidrs.1: "${range}" is not public: Google sees the company's public address there; people on the private path need no range`,
    ]);
  });

  it.each(["0.0.0.0/0", "128.0.0.0/1", "8.0.0.0/7"])("refuses %s: too many people", (range) => {
    expect(problems({ ingressCidrs: [range] })).toEqual([
      `perimeter.ingressCidrs.0: "${range}" is wider than /8; name the company's own public ranges`,
    ]);
  });

  it("refuses ranges it cannot read and ranges that overlap, each at its place", () => {
    expect(
      problems({ ingressCidrs: ["office", "203.0.113.0/24", "203.0.113.8/32", "203.0.113.9/24"] }),
    ).toEqual([
      'perimeter.ingressCidrs.0: "office" is not an IPv4 block such as 10.40.0.0/16',
      'perimeter.ingressCidrs.2: "203.0.113.8/32" overlaps 203.0.113.0/24; keep the wider one',
      'perimeter.ingressCidrs.3: "203.0.113.9/24" has bits set after /24; did you mean 203.0.113.0/24',
    ]);
  });

  it.each(["", "accessPolicies/987654321098", "abc"])("refuses the access policy %j", (id) => {
    expect(problems({ accessPolicyId: id })).toEqual([
      `perimeter.accessPolicyId: "${id}" is not the number of an access policy; see gcloud access-context-manager policies list`,
    ]);
  });
});
