/**
 * @peculiar/x509 finds its algorithms through tsyringe, which refuses to load without the metadata half of `Reflect`
 * and does not bring it along. This is the part it calls; import it before @peculiar/x509.
 */
const metadata = new WeakMap<object, Map<unknown, unknown>>();

function own(key: unknown, target: object): unknown {
  return metadata.get(target)?.get(key);
}

function inherited(key: unknown, target: object): unknown {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at)) {
    if (metadata.get(at)?.has(key)) return own(key, at);
  }
  return undefined;
}

function define(key: unknown, value: unknown, target: object): void {
  const entries = metadata.get(target) ?? new Map<unknown, unknown>();
  metadata.set(target, entries.set(key, value));
}

const missing = { getMetadata: inherited, getOwnMetadata: own, defineMetadata: define };
for (const [name, value] of Object.entries(missing)) {
  // The real polyfill, when somebody else loaded it, stays.
  if (!Reflect.has(Reflect, name)) Object.defineProperty(Reflect, name, { value, writable: true });
}
