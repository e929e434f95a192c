import type { Failure } from "../failure.ts";
import { isList, isMap, type Properties, type Value } from "../struct.ts";
import { isDeployment } from "./model-deployments.ts";
import { isOpen, templateResources } from "./template-resources.ts";

interface Deployment {
  readonly path: string;
  readonly account: string;
  readonly own: string;
  readonly dependsOn: Value | undefined;
}

/**
 * Azure writes one deployment of an account at a time and refuses the second with 409, so of any two one
 * must wait for the other. What cannot be told, because a name or a dependency is open, passes.
 * Source: https://learn.microsoft.com/en-us/azure/templates/microsoft.cognitiveservices/accounts/deployments, read 2026-11-21.
 */
export function unchainedFailures(template: Properties, at: string): Failure[] {
  const byAccount = Map.groupBy(deploymentsOf(template, at), ({ account }) => account);
  return [...byAccount.values()].flatMap(unchained);
}

function deploymentsOf(template: Properties, at: string): Deployment[] {
  return templateResources(template, at).flatMap(({ resource, path }) => {
    if (!isMap(resource) || !isDeployment(resource)) return [];
    const { name, dependsOn } = resource;
    if (typeof name !== "string" || isOpen(name)) return [];
    const [account = "", own = ""] = name.split("/");
    return [{ path, account, own, dependsOn }];
  });
}

function unchained(deployments: readonly Deployment[]): Failure[] {
  const waits = new Map(deployments.map((one) => [one.own, waitsOf(one, deployments)]));
  if ([...waits.values()].includes(undefined)) return [];
  const reaches = (from: string, to: string, seen: ReadonlySet<string> = new Set()): boolean =>
    (waits.get(from) ?? []).some(
      (next) => next === to || (!seen.has(next) && reaches(next, to, new Set([...seen, next]))),
    );
  return deployments.flatMap(({ path, own }, index) => {
    const rival = deployments
      .slice(0, index)
      .findLast((one) => !reaches(own, one.own) && !reaches(one.own, own));
    return rival === undefined
      ? []
      : [
          {
            property: `${path}.dependsOn`,
            reason: `"${rival.own}" and "${own}" would be written at once, and Azure refuses one of them (409); let "${own}" depend on "${rival.own}"`,
          },
        ];
  });
}

/** Deployments of the same account a deployment waits for; undefined when that cannot be told. */
function waitsOf(
  { own, dependsOn }: Deployment,
  deployments: readonly Deployment[],
): readonly string[] | undefined {
  if (dependsOn === undefined) return [];
  if (!isList(dependsOn)) return undefined;
  const names: string[] = [];
  for (const text of dependsOn) {
    const found = deployments.filter((one) => one.own !== own && isMeant(text, one.own));
    if (found.length === 0 && isOpen(text) && !mentionsAccountOnly(text)) return undefined;
    names.push(...found.map((one) => one.own));
  }
  return names;
}

/** A dependency is a name, a full id or `resourceId(..., 'name')`. */
function isMeant(text: Value, own: string): boolean {
  if (typeof text !== "string") return false;
  return text === own || text.endsWith(`/${own}`) || text.includes(`'${own}'`);
}

/** An expression for another kind of resource says nothing of deployments. */
function mentionsAccountOnly(text: Value): boolean {
  return (
    typeof text === "string" &&
    /^\[resourceId\('/i.test(text) &&
    !/accounts\/deployments'/i.test(text)
  );
}
