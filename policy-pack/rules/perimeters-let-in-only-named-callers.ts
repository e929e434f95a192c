import { memberOf } from "../gcp-members.ts";
import { googleKind, googleToken } from "../google-places.ts";
import { readersOf } from "../lists.ts";
import { textOf } from "../placement.ts";
import { valuesAt } from "../references.ts";
import {
  defineRule,
  type Finding,
  fail,
  type Resource,
  type RuleContext,
  undecidable,
} from "../rule.ts";
import { orNotProven } from "../unknown.ts";

type Fields = Readonly<Record<string, unknown>>;
/** Where a type holds something; `""` is the resource itself. */
type Paths = Readonly<Record<string, readonly string[]>>;

const CLAUDE = "aiplatform.googleapis.com";
const SERVICES: ReadonlySet<string> = new Set([googleToken("projects/Service")]);
const NO_SOURCES: ReadonlySet<string> = new Set();
/** Nobody's own network is wider: the largest blocks a company was ever given are an IPv4 /8 and an IPv6 /16. */
const WIDEST = { v4: 8, v6: 16 };

/** What narrows a condition that names countries. */
const NARROWER = [
  "ipSubnetworks",
  "vpcNetworkSources",
  "members",
  "requiredAccessLevels",
  "devicePolicy",
];

// A dry run is judged as what it will enforce; `spec` and `status` have one shape.
const perimeters: Paths = {
  ServicePerimeter: ["status", "spec"],
  ServicePerimeters: ["servicePerimeters.*.status", "servicePerimeters.*.spec"],
};
const ingress: Paths = {
  ...under(perimeters, "ingressPolicies.*"),
  ServicePerimeterIngressPolicy: [""],
  ServicePerimeterDryRunIngressPolicy: [""],
};
const egress: Paths = {
  ...under(perimeters, "egressPolicies.*"),
  ServicePerimeterEgressPolicy: [""],
  ServicePerimeterDryRunEgressPolicy: [""],
};
const conditions: Paths = {
  AccessLevel: ["basic.conditions.*"],
  AccessLevels: ["accessLevels.*.basic.conditions.*"],
  AccessLevelCondition: [""],
};
const expressions: Paths = { AccessLevel: ["custom"], AccessLevels: ["accessLevels.*.custom"] };
const judged = new Set(
  [perimeters, ingress, egress, conditions].flatMap((paths) => Object.keys(paths)),
);

/** A VPC Service Controls perimeter keeps the public route to Claude shut for everybody it does not name. */
export const perimetersLetInOnlyNamedCallers = defineRule({
  name: "perimeters-let-in-only-named-callers",
  description:
    "Perimeters guard Claude, let nobody unnamed in from anywhere, and let no call of Claude out to any project.",
  remediation:
    "Restrict aiplatform.googleapis.com; name identities or an access level of the company's own ranges; name the projects of egress rules.",
  scope: "stack",
  appliesTo: (type) => type.startsWith("gcp:accesscontextmanager/") && judged.has(className(type)),
  judge(resource, context) {
    return [
      ...each(resource, perimeters, (at, fields) => judgePerimeter(at, fields, context)),
      ...each(resource, ingress, judgeIngress),
      ...each(resource, egress, judgeEgress),
      ...each(resource, conditions, judgeCondition),
      ...each(resource, expressions, (at) => [
        undecidable(`\`${at}\` is an expression, which no rule reads; use \`basic\` conditions`),
      ]),
    ];
  },
});

/** Only where the same program switches Claude on: other perimeters guard other things. */
function judgePerimeter(at: string, fields: Fields, { stack }: RuleContext): readonly Finding[] {
  if (stack.find(SERVICES, "service", CLAUDE) === undefined) return [];
  return listOf(fields.restrictedServices).includes(CLAUDE)
    ? []
    : [fail(`\`${at}.restrictedServices\` lacks ${CLAUDE}, which this stack enables`)];
}

function judgeIngress(at: string, fields: Fields): readonly Finding[] {
  const from = fieldsOf(fields.ingressFrom);
  const where = lead(at, "ingressFrom");
  const anybody = textOf(from.identityType);
  return [
    ...(anybody?.toUpperCase().startsWith("ANY_")
      ? orNotProven(() => anywhere(from, `${where} lets ${anybody} in from anywhere`))
      : []),
    ...readersOf(listOf(from.identities)).flatMap((read) =>
      orNotProven(() => {
        const identity = textOf(read()) ?? "";
        const { broad } = memberOf(identity);
        if (broad === undefined) return [];
        return anywhere(from, `${where} lets "${identity}" in from anywhere, and it ${broad}`);
      }),
    ),
  ];
}

/** Fails a rule that no source narrows. */
function anywhere(from: Fields, message: string): readonly Finding[] {
  const sources = listOf(from.sources).map(fieldsOf);
  const open = sources.some(({ accessLevel, resource }) => accessLevel === "*" || resource === "*");
  return open || sources.length === 0 ? [fail(message)] : [];
}

function judgeEgress(at: string, fields: Fields): readonly Finding[] {
  const to = fieldsOf(fields.egressTo);
  if (!listOf(to.resources).includes("*")) return [];
  const services = listOf(to.operations).map((operation) => fieldsOf(operation).serviceName);
  const reachesClaude = services.some((service) => service === "*" || service === CLAUDE);
  return reachesClaude || services.length === 0
    ? [fail(`${lead(at, "egressTo")} lets calls of Claude out to any project`)]
    : [];
}

function judgeCondition(at: string, fields: Fields): readonly Finding[] {
  const ranges = listOf(fields.ipSubnetworks);
  const where = lead(at, "ipSubnetworks");
  if (ranges.length > 0 && fields.negate === true) {
    return [fail(`${where} is negated: it admits every address but those`)];
  }
  const countries = listOf(fields.regions);
  if (countries.length > 0 && !NARROWER.some((one) => listOf(fields[one]).length > 0)) {
    return [fail(`${lead(at, "regions")} alone admits whole countries: ${countries.join(", ")}`)];
  }
  return ranges.flatMap((range) =>
    isTooWide(range) ? [fail(`${where} admits ${range}, wider than anybody's own network`)] : [],
  );
}

function isTooWide(range: unknown): boolean {
  if (typeof range !== "string") return true;
  const prefix = /\/(\d+)$/.exec(range)?.[1];
  if (prefix === undefined) return false;
  return Number(prefix) < (range.includes(":") ? WIDEST.v6 : WIDEST.v4);
}

/** Judges every block a type holds; one that is not known yet does not hide the others. */
function each(
  resource: Resource,
  paths: Paths,
  judge: (at: string, fields: Fields) => readonly Finding[],
): readonly Finding[] {
  return (paths[className(resource.type)] ?? []).flatMap((path) =>
    orNotProven(() => {
      if (path === "") return judge("", resource.props);
      return valuesAt(resource, path, NO_SOURCES).flatMap((found) =>
        orNotProven(() => judge(found.path, fieldsOf(found.value))),
      );
    }),
  );
}

function under(paths: Paths, step: string): Paths {
  return Object.fromEntries(
    Object.entries(paths).map(([kind, starts]) => [kind, starts.map((at) => `${at}.${step}`)]),
  );
}

function lead(at: string, property: string): string {
  return `\`${at === "" ? "" : `${at}.`}${property}\``;
}

function className(type: string): string {
  return googleKind(type).split("/")[1] ?? "";
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
