import { evaluate, type Names, NotEvaluated } from "./arm-expression.ts";
import { azureToken } from "./azure-types.ts";
import { leavesOf } from "./leaves.ts";
import type { Finding, Resource } from "./rule.ts";
import { isUnknownRead } from "./unknown.ts";

/** A resource of Azure as a rule sees it: one of the program, or one that a template of the program makes. */
export interface AzureView {
  /** `cognitiveservices/Account` */
  readonly kind: string;
  /** Leads every message; empty for a resource of the program itself. */
  readonly lead: string;
  /** Resource of the program that is it, or that holds its template. */
  readonly host: Resource;
  /** Its inputs, or its JSON in a template. */
  readonly body: object;
  /** Template parameters and variables; `undefined` for a resource of the program, whose texts are plain. */
  readonly names: Names | undefined;
  /** Path of `body` in the host's inputs, with the dot that ends it. */
  readonly path: string;
  /** Whether its ARM type says that it is part of another resource; `undefined` where its inputs say so. */
  readonly isChild: boolean | undefined;
  /** Names of its parents and its own, outermost first; throws when they cannot be known. Templates only. */
  readonly fullName: (() => readonly string[]) | undefined;
  /** Resource group a nested template goes to instead of its host's; throws when it cannot be known. */
  readonly group: (() => string) | undefined;
  /** Everything its host makes, itself included. */
  readonly siblings: () => readonly AzureView[];
}

/** A value of an object by its name, which ARM compares without case. */
export function field(holder: object, name: string): unknown {
  const keys = Object.keys(holder).filter((one) => one.toLowerCase() === name.toLowerCase());
  if (keys.length > 1) throw new NotEvaluated(`"${name}", which is written more than once,`);
  const [key = name] = keys;
  return (holder as Readonly<Record<string, unknown>>)[key];
}

/** The value at a path such as `properties.model.name`; `undefined` when it is absent. Throws what hides it. */
export function read({ body, names, path: lead }: AzureView, path: string): unknown {
  let value: unknown = body;
  for (const step of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = field(value, step);
    if (typeof value === "string" && names !== undefined) {
      value = evaluateAt(`${lead}${path}`, value, names);
    }
  }
  return value ?? undefined;
}

/** A setting that ARM keeps under `properties`, and Pulumi there or beside the others. */
export function setting(view: AzureView, path: string): unknown {
  return read(view, `properties.${path}`) ?? read(view, path);
}

/** Non-empty text at a path, else `undefined`. */
export function readText(view: AzureView, path: string): string | undefined {
  const value = read(view, path);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Path of a setting as messages show it. */
export function shown({ body }: AzureView, path: string): string {
  const root = path.split(".")[0] ?? path;
  return Object.hasOwn(body, root) || !Object.hasOwn(body, "properties")
    ? `\`${path}\``
    : `\`properties.${path}\``;
}

/** A text below a resource, and how to read it. */
export interface ViewLeaf {
  readonly path: string;
  /** `undefined` for what is no text once worked out; throws what hides it. */
  readonly text: () => string | undefined;
}

/** Every text below a resource, but not what templates in it hold: those are resources of their own. */
export function leavesIn(view: AzureView): readonly ViewLeaf[] {
  const { body, kind, names, path: lead } = view;
  const inTemplates = kind.startsWith("resources/") ? /^(?:properties\.)?template\./i : undefined;
  return leavesOf(body as Readonly<Record<string, unknown>>)
    .filter(({ path }) => inTemplates?.test(path) !== true)
    .filter(({ path }) => names === undefined || !/^resources\./i.test(path))
    .map(({ path, text }) => ({
      path,
      text: () => {
        if (text === undefined) throw new NotKnown(`${lead}${path}`);
        const value = names === undefined ? text : evaluateAt(`${lead}${path}`, text, names);
        return typeof value === "string" ? value : undefined;
      },
    }));
}

/** A leaf that is not known yet. */
class NotKnown extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`\`${path}\` is not known yet`);
    this.path = path;
  }
}

class NotEvaluatedAt extends Error {}

function evaluateAt(path: string, text: string, names: Names): unknown {
  try {
    return evaluate(text, names);
  } catch (error) {
    if (!(error instanceof NotEvaluated)) throw error;
    throw new NotEvaluatedAt(`\`${path}\`: ${error.message}`);
  }
}

/** Whether a failure means "not known yet". */
export function isNotKnown(error: unknown): boolean {
  return isUnknownRead(error) || error instanceof NotKnown;
}

/** What a judge says, led by whose resource it is; a value it cannot see becomes a finding beside the others. */
export function settled(
  view: Pick<AzureView, "lead">,
  judge: () => readonly Finding[],
): readonly Finding[] {
  try {
    return judge().map((finding) => ({ ...finding, message: view.lead + finding.message }));
  } catch (error) {
    if (isUnknownRead(error)) {
      const path = error.props.map(String).join(".");
      return [{ status: "not-proven", message: `${view.lead}\`${path}\` is not known yet` }];
    }
    if (error instanceof NotKnown) {
      return [{ status: "not-proven", message: view.lead + error.message }];
    }
    if (error instanceof NotEvaluatedAt || error instanceof NotEvaluated) {
      return [{ status: "undecidable", message: view.lead + error.message }];
    }
    throw error;
  }
}

/** Inputs of a host whose values end up in its template. */
const TEMPLATE_INPUTS: readonly string[] = ["template", "parameters", "properties"];

/** Resources of given kinds that a value of a view came from while it is not known. */
export function sourcesOf(
  view: AzureView,
  path: string,
  kinds: readonly string[],
): readonly Resource[] {
  const [own = path] = path.split(".");
  const inputs = view.names === undefined ? [own, `properties`] : TEMPLATE_INPUTS;
  const tokens = kinds.map(azureToken);
  const found = inputs
    .filter((input, index) => index === 0 || Object.hasOwn(view.host.props, input))
    .flatMap((input) => view.host.dependenciesOf(input))
    .filter(({ type }) => tokens.includes(type));
  return [...new Map(found.map((one) => [one.urn, one])).values()];
}
