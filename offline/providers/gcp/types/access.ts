import type { ResourceType } from "../../shared/resource-type.ts";
import type { Rule } from "../../shared/rules.ts";
import { oneOf, perimeterResource } from "../rules.ts";

const policy: Rule = {
  rule: "matches",
  at: "parent",
  pattern: /^accessPolicies\/\d+$/,
  wanted: "an access policy: accessPolicies/NUMBER",
};

const fullName = (at: string, kind: string): Rule => ({
  rule: "matches",
  at,
  pattern: new RegExp(`^accessPolicies/\\d+/${kind}/[A-Za-z]\\w{0,49}$`),
  wanted: `a full name: accessPolicies/NUMBER/${kind}/NAME, the name 1 to 50 letters, digits and underscores, a letter first`,
});

const perimeterPart: ResourceType = {
  id: "{perimeterName}/{resource}",
  replaceOn: ["perimeterName", "resource"],
  computed: { accessPolicyId: "{accessPolicy}" },
  rules: [fullName("perimeterName", "servicePerimeters"), perimeterResource("resource")],
};

/** Access Context Manager. Source: the Terraform Google provider's schemas. */
export const accessTypes: Readonly<Record<string, ResourceType>> = {
  "accesscontextmanager/AccessPolicy": {
    id: "{decimal:12}",
    replaceOn: ["parent"],
    computed: { name: "{id}" },
    rules: [
      {
        rule: "matches",
        at: "parent",
        pattern: /^organizations\/\d+$/,
        wanted: "an organization: organizations/NUMBER",
      },
      { rule: "count", at: "scopes", min: 0, max: 1 },
      {
        rule: "matches",
        at: "scopes[]",
        pattern: /^(folders|projects)\/\d+$/,
        wanted: "a scope: folders/NUMBER or projects/NUMBER",
      },
    ],
  },
  "accesscontextmanager/AccessLevel": {
    id: "{name}",
    replaceOn: ["name", "parent"],
    defaults: { "basic.combiningFunction": "AND" },
    rules: [
      policy,
      fullName("name", "accessLevels"),
      { rule: "exactlyOne", of: ["basic", "custom"] },
      oneOf("basic.combiningFunction", "AND", "OR"),
      { rule: "cidr", at: "basic.conditions.ipSubnetworks[]" },
    ],
  },
  "accesscontextmanager/ServicePerimeter": {
    id: "{name}",
    replaceOn: ["name", "parent", "perimeterType"],
    defaults: { perimeterType: "PERIMETER_TYPE_REGULAR" },
    rules: [
      policy,
      fullName("name", "servicePerimeters"),
      oneOf("perimeterType", "PERIMETER_TYPE_REGULAR", "PERIMETER_TYPE_BRIDGE"),
      { rule: "requires", at: "spec", needs: "useExplicitDryRunSpec" },
      perimeterResource("status.resources[]"),
      perimeterResource("spec.resources[]"),
    ],
  },
  "accesscontextmanager/ServicePerimeterResource": perimeterPart,
  "accesscontextmanager/ServicePerimeterDryRunResource": perimeterPart,
  "accesscontextmanager/ServicePerimeterDryRunIngressPolicy": {
    id: "{perimeter}/{hex:16}",
    replaceOn: ["perimeter", "title", "ingressFrom", "ingressTo"],
    computed: { accessPolicyId: "{accessPolicy}" },
    rules: [
      fullName("perimeter", "servicePerimeters"),
      oneOf(
        "ingressFrom.identityType",
        ...["ANY_IDENTITY", "ANY_USER_ACCOUNT", "ANY_SERVICE_ACCOUNT"],
      ),
    ],
  },
};
