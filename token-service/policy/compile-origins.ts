import type { DeviceAuthority, TrustedIssuer, TrustPolicy } from "../../contract/trust-policy.ts";
import type { Problem } from "../../residency/problem.ts";
import { readAuthorities } from "../identity/authority-certificates.ts";
import type { CertificateRules } from "../identity/certificate-verifier.ts";

/** Names that stand twice: `from` and audit events could mean either. */
export function duplicates({ issuers, deviceAuthorities, policies }: TrustPolicy): Problem[] {
  const origins = [...named(issuers, "issuers"), ...named(deviceAuthorities, "deviceAuthorities")];
  const urls = issuers.map(({ issuer }, index) => ({
    path: `issuers[${index}].issuer`,
    value: issuer,
  }));
  return [...twice(origins), ...twice(urls), ...twice(named(policies, "policies"))];
}

export function issuerProblems(issuers: readonly TrustedIssuer[]): Problem[] {
  return issuers.flatMap(({ audiences, authorizedParties }, index) =>
    audiences.length > 1 && authorizedParties === undefined
      ? [
          {
            path: `issuers[${index}].authorizedParties`,
            reason:
              "missing; with several audiences, list the applications that may ask for a token",
          },
        ]
      : [],
  );
}

/** The authorities with their certificates read. */
export function authoritiesOf(authorities: readonly DeviceAuthority[]): {
  readonly compiled: CertificateRules["authorities"];
  readonly problems: readonly Problem[];
} {
  const read = authorities.map((authority, index) => ({
    authority,
    path: `deviceAuthorities[${index}].certificates`,
    result: readAuthorities(authority.certificates),
  }));
  return {
    compiled: read.flatMap(({ authority, result }) =>
      "anchors" in result ? [{ authority, anchors: result.anchors }] : [],
    ),
    problems: read.flatMap(({ path, result }) =>
      "problems" in result ? result.problems.map((reason) => ({ path, reason })) : [],
    ),
  };
}

interface Named {
  readonly path: string;
  readonly value: string;
}

function named(list: readonly { readonly name: string }[], key: string): Named[] {
  return list.map(({ name }, index) => ({ path: `${key}[${index}].name`, value: name }));
}

function twice(all: readonly Named[]): Problem[] {
  return all.flatMap(({ path, value }, position) => {
    const first = all.findIndex((other) => other.value === value);
    return first === position
      ? []
      : [{ path, reason: `"${value}" is ${all[first]?.path} already; give it another one` }];
  });
}
