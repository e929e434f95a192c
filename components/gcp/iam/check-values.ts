import type { Problem } from "../../../residency/problem.ts";

/** Missing, empty, padded or patterned text: IAM compares literally, a pattern matches nobody or everybody. */
export function textProblems(path: string, value: string | undefined, meaning: string): Problem[] {
  if (value === undefined || value.trim() === "") {
    return [{ path, reason: `missing; give ${meaning}` }];
  }
  if (value !== value.trim()) {
    return [{ path, reason: `"${value}" begins or ends with a space` }];
  }
  if (/[*?]/.test(value)) {
    return [{ path, reason: `"${value}" holds a wildcard; name one exact value` }];
  }
  return /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u.test(value)
    ? [{ path, reason: `${JSON.stringify(value)} holds a character that cannot be seen` }]
    : [];
}

/** An address that fetches keys: https, without anything a token's `iss` cannot hold. */
export function issuerAddressProblems(path: string, issuer: string | undefined): Problem[] {
  const missing = textProblems(path, issuer, "the https address in the token's iss");
  if (missing.length > 0 || issuer === undefined) return missing;
  const url = URL.parse(issuer);
  if (url === null) return [{ path, reason: `"${issuer}" is no address; write https://...` }];
  if (url.protocol !== "https:") {
    return [{ path, reason: `"${issuer}" is not https; Google fetches the keys over https only` }];
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return [{ path, reason: "an issuer has no credentials, query or fragment" }];
  }
  // Google compares text: what a parser would repair is another issuer.
  return issuer === url.href || `${issuer}/` === url.href
    ? []
    : [{ path, reason: `"${issuer}" is not as tokens spell it; write "${url.href}"` }];
}
