import type { Problem } from "../residency/problem.ts";
import { secretProblems } from "./secrets.ts";

/** Words in a header's name that say its value opens something. */
const credentialWord =
  /(^|[-_.])(auth|authori[sz]ation|authentication|api-?key|apikey|keys?|cookies?|session|jwt|bearer|signature|credentials?|passw(or)?d|pwd)([-_.]|$)|token|secret|subscription-key/i;

/** What a value that opens something begins with. */
const credentialStart =
  /^(bearer|basic|digest|negotiate|aws4-hmac-sha256)\s|^(sk|pk|rk)[-_]|^(gh[opsu]|github_pat|glpat|xox[a-z])[-_]|^AIza|^ya29\.|^eyJ/i;

/**
 * Everything wrong with headers that are sent with every request and stand in every profile: they may name a
 * tenant or a cost centre, and never open anything. A value is never repeated.
 */
export function headerProblems(headers: Readonly<Record<string, string>>, path: string): Problem[] {
  const names = Object.keys(headers);
  return names.flatMap((name, position) => {
    const at = `${path}.${name}`;
    const value = headers[name] ?? "";
    const twin = names.findIndex((other) => other.toLowerCase() === name.toLowerCase());
    const reason =
      twin < position ? `is "${names[twin]}" already` : (nameProblem(name) ?? valueProblem(value));
    return reason === undefined ? [] : [{ path: at, reason }];
  });
}

function nameProblem(name: string): string | undefined {
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/.test(name)) {
    return "is no header name; use letters, digits and dashes";
  }
  if (credentialWord.test(name)) {
    return "names a credential, and profiles hold none; print such headers from a credential helper";
  }
  if (/^(host|connection|content-.*|transfer-encoding|anthropic-(beta|version))$/i.test(name)) {
    return "is written by the application itself";
  }
  return undefined;
}

function valueProblem(value: string): string | undefined {
  if (!/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value)) {
    return "must be one line of plain text that is not empty";
  }
  const looksLikeOne =
    credentialStart.test(value) ||
    /[A-Za-z0-9+/=_-]{40}/.test(value) ||
    secretProblems(value).length > 0;
  return looksLikeOne
    ? "has the shape of a credential, and profiles hold none; print such headers from a credential helper"
    : undefined;
}
