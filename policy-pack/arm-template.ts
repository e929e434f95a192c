import { type Names, NotEvaluated } from "./arm-expression.ts";
import { azureKind, kindOfArmType } from "./azure-types.ts";
import { type AzureView, field, read, readText, settled } from "./azure-view.ts";
import { leavesOf } from "./leaves.ts";
import { readersOf } from "./lists.ts";
import { type Finding, type Resource, undecidable } from "./rule.ts";

/** What a resource makes, and what of it cannot be seen. */
export interface Made {
  readonly views: readonly AzureView[];
  readonly findings: readonly Finding[];
}

const STACK = /^resources\/DeploymentStackAt/;
const DEPLOYMENT = /^resources\/Deployment(?!Stack)/;
const GENERIC = "resources/Resource";
/** Deepest nesting of templates read; Azure takes no more either way. */
const DEEPEST = 16;

/** A resource and everything the templates in it make. */
export function madeBy(resource: Resource): Made {
  const views: AzureView[] = [];
  const findings: Finding[] = [];
  const own: AzureView = {
    kind: azureKind(resource.type),
    lead: "",
    host: resource,
    body: resource.props,
    names: undefined,
    path: "",
    isChild: undefined,
    fullName: undefined,
    group: undefined,
    siblings: () => views,
  };
  if (own.kind === GENERIC)
    findings.push(...settled(own, () => addGeneric(own, { views, findings })));
  else add(own, { views, findings }, 0);
  return { views, findings };
}

/** `resources.Resource` makes a resource of any type. */
function addGeneric(own: AzureView, into: Into): readonly Finding[] {
  const namespace = readText(own, "resourceProviderNamespace");
  const type = readText(own, "resourceType");
  if (namespace === undefined || type === undefined) {
    return [undecidable("`resourceProviderNamespace` or `resourceType` is absent")];
  }
  const parents = (readText(own, "parentResourcePath") ?? "").split("/").filter(Boolean);
  const types = parents.filter((_, index) => index % 2 === 0);
  const names = parents.filter((_, index) => index % 2 === 1);
  const view: AzureView = {
    ...own,
    kind: kindOfArmType([namespace, ...types, type].join("/")),
    isChild: types.length > 0,
    fullName: () => [...names, readText(own, "resourceName") ?? ""],
  };
  // A deployment is a resource of any type too.
  add(view, into, 0);
  return [];
}

interface Into {
  readonly views: AzureView[];
  readonly findings: Finding[];
}

/** Adds a view and what its template makes. */
function add(view: AzureView, into: Into, depth: number): void {
  into.views.push(view);
  const isArm = view.names !== undefined || azureKind(view.host.type) === GENERIC;
  const inProperties = DEPLOYMENT.test(view.kind) || isArm;
  if (!STACK.test(view.kind) && !DEPLOYMENT.test(view.kind)) return;
  into.findings.push(
    ...settled(view, () => {
      const at = inProperties ? "properties." : "";
      if (read(view, `${at}templateLink`) !== undefined) {
        return [
          undecidable(`\`${at}templateLink\` is given: what the template makes cannot be seen`),
        ];
      }
      const template = read(view, `${at}template`);
      if (typeof template !== "object" || template === null) {
        return [
          undecidable(`\`${at}template\` is not an object: what the template makes cannot be seen`),
        ];
      }
      const names = namesOf(view, template, at);
      const scope: Scope = {
        ...view,
        names,
        named: false,
        path: `${view.path}${at}template.`,
        parents: { types: [], fullName: () => [] },
        group: view.names === undefined ? view.group : groupOf(view),
      };
      return depth > DEEPEST
        ? [undecidable(`\`${at}template\` is nested too deeply to be read`)]
        : addResources(scope, template, into, depth + 1);
    }),
  );
}

/** A nested deployment may go to a group of its own. */
function groupOf(view: AzureView): (() => string) | undefined {
  const own = field(view.body, "resourceGroup") ?? field(view.body, "subscriptionId");
  if (own === undefined) return view.group;
  return () => readText(view, "resourceGroup") ?? "";
}

interface Scope extends Omit<AzureView, "names"> {
  readonly names: Names;
  /** Whether the resources around are named, not listed. */
  readonly named: boolean;
  readonly parents: {
    readonly types: readonly string[];
    readonly fullName: () => readonly string[];
  };
}

function addResources(scope: Scope, holder: object, into: Into, depth: number): readonly Finding[] {
  const resources = field(holder, "resources");
  if (typeof resources !== "object" || resources === null) {
    return [undecidable(`\`${scope.path}resources\` is neither a list nor an object`)];
  }
  // Newer templates name each resource, older ones list them.
  const named = !Array.isArray(resources);
  const entries: readonly (readonly [string, () => unknown])[] = Array.isArray(resources)
    ? readersOf(resources).map((entry, index) => [String(index), entry])
    : Object.keys(resources).map((key) => [key, () => field(resources, key)]);
  return entries.flatMap(([key, entry]) =>
    settled({ lead: "" }, () => {
      const path = `${scope.path}resources.${key}.`;
      const body = entry();
      return typeof body === "object" && body !== null
        ? addResource({ ...scope, path, named }, body, into, depth)
        : [undecidable(`\`${path.slice(0, -1)}\` is not an object`)];
    }),
  );
}

function addResource(scope: Scope, body: object, into: Into, depth: number): readonly Finding[] {
  const { parents } = scope;
  const bare: AzureView = { ...scope, body, kind: "" };
  // What exists already is only looked up, unlike its children; only templates that name their resources know the word.
  const isThere = scope.named && read(bare, "existing") === true;
  const written = readText(bare, "type");
  if (written === undefined) return [undecidable(`\`${scope.path}type\` is absent or not text`)];
  const type = [...parents.types, written].join("/");
  const fullName = () => [...parents.fullName(), ...(readText(bare, "name") ?? "").split("/")];
  const view: AzureView = {
    ...bare,
    kind: kindOfArmType(type),
    lead: `${written} \`${scope.path.slice(0, -1)}\`: `,
    isChild: type.split("/").length > 2,
    fullName,
  };
  if (!isThere) add(view, into, depth);
  if (field(body, "resources") === undefined) return [];
  return addResources({ ...scope, parents: { types: [type], fullName } }, body, into, depth);
}

/** Where a template's parameters and variables come from. */
function namesOf(view: AzureView, template: object, at: string): Names {
  const scope = () =>
    readText(view, "properties.expressionEvaluationOptions.scope")?.toLowerCase() ??
    (view.names?.nestedAreInner === true ? "inner" : "outer");
  // By default a nested template reads the parameters of the one around it.
  if (view.names !== undefined && DEPLOYMENT.test(view.kind) && scope() !== "inner") {
    return view.names;
  }
  const language = field(template, "languageVersion") ?? "1.0";
  return {
    nestedAreInner: language !== "1.0",
    parameter(name) {
      const given = entryOf(read(view, `${at}parameters`), name);
      if (given === undefined && read(view, `${at}parametersLink`) === undefined) {
        const declared = entryOf(field(template, "parameters"), name);
        return declared === undefined
          ? missing(name)
          : plain(name, field(declared, "defaultValue"));
      }
      if (given === undefined) return missing(name);
      const value = plain(name, field(given, "value"));
      // What a nested deployment is given was written in the template around it.
      return view.names === undefined
        ? literal(name, value)
        : deep(name, read({ ...view, body: { value } }, "value"));
    },
    variable(name) {
      const variables = field(template, "variables");
      return typeof variables === "object" && variables !== null
        ? plain(name, field(variables, name))
        : missing(name);
    },
  };
}

/** A value given from outside is never an expression, though it may look like one. */
function literal(name: string, value: unknown): unknown {
  if (typeof value === "string") {
    return value.startsWith("[") && value.endsWith("]") ? `[${value}` : value;
  }
  return deep(name, value);
}

/** Texts deep in a value would be read in the wrong template. */
function deep(name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const looks = leavesOf(value as Readonly<Record<string, unknown>>).some(({ text }) =>
    text?.startsWith("["),
  );
  return looks ? missing(name) : value;
}

function entryOf(holder: unknown, name: string): object | undefined {
  if (typeof holder !== "object" || holder === null) return undefined;
  const entry = field(holder, name);
  return typeof entry === "object" && entry !== null ? entry : undefined;
}

function plain(name: string, value: unknown): unknown {
  return value === undefined || value === null ? missing(name) : value;
}

function missing(name: string): never {
  throw new NotEvaluated(`"${name}", which has no plain value,`);
}
