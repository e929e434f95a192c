import * as pulumi from "@pulumi/pulumi";

/** The part of a registration that says what must exist before. */
interface Registration {
  getDependenciesList(): string[];
  getParent(): string;
}
type Answer = (error: unknown, response?: { getUrn(): string }) => void;
type Register = (request: Registration, answer: Answer) => unknown;

/**
 * What every resource of a mocked program waits for: mocks show names and inputs only, and the order they see is
 * chance. To be called inside the program, before anything is registered.
 *
 * @returns `waits(resource)`: everything, direct and not, that `Type::name` is registered after
 */
export function recordDependencies() {
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined) throw new Error("no program runs");
  const before = new Map<string, readonly string[]>();
  // The mocks' monitor is called in this one way of the several its type offers.
  const { registerResource } = monitor as unknown as { readonly registerResource: Register };
  const register = registerResource.bind(monitor);
  const recorded: Register = (request, answer) =>
    register(request, (error, response) => {
      // A child's registration needs its parent's, and so what that one waits for.
      const urns = [...request.getDependenciesList(), request.getParent()];
      if (response) before.set(shortName(response.getUrn()), urns.filter(Boolean).map(shortName));
      answer(error, response);
    });
  Reflect.set(monitor, "registerResource", recorded);

  return (resource: string): string[] => {
    if (!before.has(resource)) throw new Error(`no ${resource} among ${[...before.keys()].sort()}`);
    const found = new Set<string>();
    const follow = (name: string) => {
      for (const next of before.get(name) ?? []) {
        if (found.has(next)) continue;
        found.add(next);
        follow(next);
      }
    };
    follow(resource);
    return [...found].sort();
  };
}

/** `Bucket::name` of a URN. */
function shortName(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(-2);
  return `${type.split(":").at(-1)}::${name}`;
}
