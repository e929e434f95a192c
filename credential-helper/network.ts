import { getCACertificates } from "node:tls";

/** The option of Bun's own `fetch`; Node's ignores it. */
type FetchInit = RequestInit & {
  readonly tls?: { readonly ca: readonly string[]; readonly rejectUnauthorized: true };
};

/**
 * `fetch` that trusts the runtime's and the operating system's authorities, whatever the environment says. The
 * executable would know only the ones it was built with.
 */
export function systemFetch(): typeof globalThis.fetch {
  const tls = { ca: authorities(), rejectUnauthorized: true } as const;
  const secured: typeof globalThis.fetch = (input, init) => {
    const all: FetchInit = { ...init, tls };
    return globalThis.fetch(input, all);
  };
  return secured;
}

/** PEM texts. A system without a readable list leaves the runtime's own. */
export function authorities(): readonly string[] {
  const own = getCACertificates("bundled");
  try {
    return [...new Set([...own, ...getCACertificates("system")])];
  } catch {
    return own;
  }
}
