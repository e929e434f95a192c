import { isList, isMap, type Properties, unknown, type Value } from "../struct.ts";

/** One resource of a template, and where it stands. */
export interface TemplateResource {
  readonly resource: Value;
  readonly path: string;
}

/** Resources of a template, given as a list or, since language version 2.0, as a map of symbolic names. */
export function templateResources({ resources }: Properties, at: string): TemplateResource[] {
  if (isList(resources))
    return resources.map((resource, index) => ({ resource, path: `${at}.resources[${index}]` }));
  return isMap(resources)
    ? Object.entries(resources).map(([name, resource]) => ({
        resource,
        path: `${at}.resources.${name}`,
      }))
    : [];
}

/** Resources without their places. */
export function listOf(resources: Value | undefined): readonly Value[] {
  if (isList(resources)) return resources;
  return isMap(resources) ? Object.values(resources) : [];
}

/** True for what only Azure, or a later run, can tell: an expression in brackets, or a value not known yet. */
export function isOpen(value: Value | undefined): boolean {
  return typeof value === "string" && (value.includes(unknown) || /^\[(?!\[)/.test(value));
}
