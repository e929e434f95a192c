import type { PolicyEntry, TrustPolicy } from "../../contract/trust-policy.ts";
import type { Problem } from "../../residency/problem.ts";
import { opensProviderWithoutService, usualLifeSeconds } from "../exchange/route-limits.ts";
import type { CompiledFor } from "./compiled.ts";

/** What of a trust policy is allowed and probably not meant, or good to know. */
export function notesOn(
  { issuers, deviceAuthorities, policies, administrators }: TrustPolicy,
  { clientCertificate, routes }: CompiledFor,
): readonly Problem[] {
  const used = new Set([...policies, ...administrators].map(({ from }) => from));
  const unused = (list: readonly { readonly name: string }[], key: string) =>
    list.flatMap(({ name }, index) =>
      used.has(name)
        ? []
        : [
            {
              path: `${key}[${index}]`,
              reason: `no policy is from "${name}", so that it lets nobody in`,
            },
          ],
    );
  const unheard =
    deviceAuthorities.length > 0 && clientCertificate === undefined
      ? [
          {
            path: "deviceAuthorities",
            reason:
              "the service accepts no certificates; set clientCertificate in its configuration",
          },
        ]
      : [];
  return [
    ...unused(issuers, "issuers"),
    ...unused(deviceAuthorities, "deviceAuthorities"),
    ...unheard,
    ...policies.flatMap((policy, index) => unmetNotes(policy, `policies[${index}]`, issuers)),
    ...policies.flatMap((policy, index) => sessionNotes(policy, `policies[${index}]`, routes)),
    ...routes.flatMap(directNotes(policies)),
  ];
}

/** A revocation by group or device passes over tokens without that claim, unless every policy asks for it. */
function unmetNotes(
  { from, claims, mode }: PolicyEntry,
  path: string,
  issuers: TrustPolicy["issuers"],
): readonly Problem[] {
  const issuer = issuers.find(({ name }) => name === from);
  if (issuer === undefined || mode === "audit-only") return [];
  const { groupsClaim, deviceClaim } = issuer;
  const revocable = [
    { by: "group", claim: groupsClaim },
    ...(deviceClaim === undefined ? [] : [{ by: "device", claim: deviceClaim }]),
  ];
  return revocable
    .filter(({ claim }) => !Object.hasOwn(claims, claim))
    .map(({ by, claim }) => ({
      path: `${path}.claims`,
      reason: `lets tokens without "${claim}" in, which no revocation by ${by} meets; ask for the claim too, by ".+" where any value will do`,
    }));
}

/** Providers that decide how long a token lives may give a longer one than the policy lets through. */
function sessionNotes(
  { routes, sessionSeconds }: PolicyEntry,
  path: string,
  served: CompiledFor["routes"],
): readonly Problem[] {
  return served.flatMap((route) => {
    const usual = usualLifeSeconds(route);
    if (!routes.includes(route.name) || usual === undefined || sessionSeconds >= usual) return [];
    const reason = `"${route.name}" gives tokens of up to ${usual} s unless ${decidesLife(route)}, and longer ones than ${sessionSeconds} s are refused; allow ${usual}, or shorten them there`;
    return [{ path: `${path}.sessionSeconds`, reason }];
  });
}

function decidesLife({ provider }: CompiledFor["routes"][number]): string {
  return provider === "foundry"
    ? "the tenant has a token lifetime policy"
    : "the workforce pool has another sessionDuration";
}

function directNotes(policies: readonly PolicyEntry[]) {
  return (route: CompiledFor["routes"][number], index: number): readonly Problem[] => {
    const used = policies.some(({ routes }) => routes.includes(route.name));
    if (!used || !opensProviderWithoutService(route)) return [];
    const reason = `a person can take the token that "${route.name}" hands on to the provider directly, past revocation, rate and session length of this service; end it at the issuer too`;
    return [{ path: `routes[${index}].exchange`, reason }];
  };
}
