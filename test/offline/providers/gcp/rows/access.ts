import type { Row } from "./row.ts";

const parent = "accessPolicies/123456789012";
const perimeter = `${parent}/servicePerimeters/cowork`;

/** Access Context Manager and organization policies. */
export const accessRows: Readonly<Record<string, Row>> = {
  "accesscontextmanager/AccessPolicy": [
    { parent: "organizations/1", title: "cowork" },
    /^[1-9]\d{11}$/,
    { name: "{id}" },
  ],
  "accesscontextmanager/AccessLevel": [
    {
      parent,
      name: `${parent}/accessLevels/offices`,
      title: "offices",
      basic: { combiningFunction: "AND", conditions: [{ ipSubnetworks: ["203.0.113.0/24"] }] },
    },
    `${parent}/accessLevels/offices`,
    {},
  ],
  "accesscontextmanager/ServicePerimeter": [
    { parent, name: perimeter, title: "cowork", status: { resources: ["projects/123456789012"] } },
    perimeter,
    { perimeterType: "PERIMETER_TYPE_REGULAR" },
  ],
  "accesscontextmanager/ServicePerimeterResource": [
    { perimeterName: perimeter, resource: "projects/123456789012" },
    `${perimeter}/projects/123456789012`,
    { accessPolicyId: "123456789012" },
  ],
  "accesscontextmanager/ServicePerimeterDryRunResource": [
    { perimeterName: perimeter, resource: "projects/123456789012" },
    `${perimeter}/projects/123456789012`,
    { accessPolicyId: "123456789012" },
  ],
  "accesscontextmanager/ServicePerimeterDryRunIngressPolicy": [
    { perimeter, title: "people" },
    new RegExp(`^${perimeter}/[0-9a-f]{16}$`),
    { accessPolicyId: "123456789012" },
  ],
  "assuredworkloads/Workload": [
    {
      complianceRegime: "EU_REGIONS_AND_SUPPORT",
      displayName: "cowork",
      location: "europe-west1",
      organization: "1",
    },
    /^organizations\/1\/locations\/europe-west1\/workloads\/[0-9a-f]{16}$/,
    {},
  ],
  "orgpolicy/Policy": [
    {
      parent: "projects/cowork-eu",
      name: "projects/cowork-eu/policies/gcp.resourceLocations",
      spec: { rules: [{ values: { allowedValues: ["in:eu-locations"] } }] },
    },
    "projects/cowork-eu/policies/gcp.resourceLocations",
    {},
  ],
  "orgpolicy/CustomConstraint": [
    {
      parent: "organizations/1",
      name: "custom.noKeys",
      actionType: "DENY",
      condition: "true",
      methodTypes: ["CREATE"],
      resourceTypes: ["iam.googleapis.com/ServiceAccountKey"],
    },
    "organizations/1/customConstraints/custom.noKeys",
    {},
  ],
  "projects/OrganizationPolicy": [
    { project: "cowork-eu", constraint: "compute.skipDefaultNetworkCreation" },
    "cowork-eu:compute.skipDefaultNetworkCreation",
    {},
  ],
  "projects/AccessApprovalSettings": [
    { projectId: "cowork-eu", enrolledServices: [{ cloudProduct: "all" }] },
    "projects/cowork-eu/accessApprovalSettings",
    { name: "{id}" },
  ],
};
