import { constraintOf, inForce, setsConstraint } from "../gcp-organization-policy.ts";
import { readersOf } from "../lists.ts";
import { textOf } from "../placement.ts";
import { defineRule, type Finding, fail, type Resource, undecidable } from "../rule.ts";
import { orNotProven } from "../unknown.ts";

const ACCOUNT_KEY = "gcp:serviceaccount/key:Key";
const HMAC_KEY = "gcp:storage/hmacKey:HmacKey";
const API_KEY = "gcp:projects/apiKey:ApiKey";

/**
 * Constraints that keep keys from being made, in their older and their managed form.
 * https://docs.cloud.google.com/organization-policy/restrict-service-accounts (read 2026-11-21)
 */
const KEEPS_KEYS_OUT =
  /^iam\.(?:managed\.)?disableServiceAccount(?:KeyCreation|KeyUpload|ApiKeyCreation)$/;

/** Services through which an API key leads to a model, or to a token of an account that may call one. */
const LEADS_TO_MODELS: ReadonlySet<string> = new Set([
  "aiplatform.googleapis.com",
  "iamcredentials.googleapis.com",
]);

/** Nobody holds a key that stands for an account, and nothing lets one be made. */
export const googleHasNoAccountKeys = defineRule({
  name: "google-has-no-account-keys",
  description:
    "No service account has a key, no API key reaches Agent Platform, and none may be made.",
  remediation:
    "Remove the key; sign people in through a workforce pool and CI through a workload identity pool. Restrict an API key to the services it is for.",
  scope: "resource",
  appliesTo: (type) =>
    type === ACCOUNT_KEY || type === HMAC_KEY || type === API_KEY || setsConstraint(type),
  judge(resource) {
    switch (resource.type) {
      case ACCOUNT_KEY:
        return [fail("a key of a service account works from anywhere until somebody deletes it")];
      case HMAC_KEY:
        return [fail("an HMAC key of a service account does not expire")];
      case API_KEY:
        return judgeApiKey(resource);
      default:
        return judgeConstraint(resource);
    }
  },
});

function judgeApiKey({ props }: Resource): readonly Finding[] {
  const { apiTargets } = (props.restrictions ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(apiTargets) || apiTargets.length === 0) {
    return [fail("`restrictions.apiTargets` is absent: the key opens every API of the project")];
  }
  return readersOf(apiTargets).flatMap((read, index) =>
    orNotProven(() => {
      const target = read() as { readonly service?: unknown } | null;
      const at = `\`restrictions.apiTargets.${index}.service\``;
      const service = textOf(target?.service)?.toLowerCase();
      if (service === undefined) return [undecidable(`${at} is absent`)];
      return LEADS_TO_MODELS.has(service) || service.includes("*")
        ? [fail(`${at} is "${service}": whoever has the key may call it`)]
        : [];
    }),
  );
}

function judgeConstraint(resource: Resource): readonly Finding[] {
  const constraint = constraintOf(resource);
  if (constraint === undefined) return [undecidable("the constraint it sets is absent")];
  if (!KEEPS_KEYS_OUT.test(constraint)) return [];
  const policy = inForce(resource);
  if (policy === undefined) return [];
  if (policy.reset) return [fail(`${constraint} is set back to a default that may allow keys`)];
  if (policy.rules.length === 0) {
    return [undecidable(`${constraint} has no rule that says whether it is enforced`)];
  }
  return policy.rules.flatMap(({ path, enforce }) => {
    if (enforce === true) return [];
    return enforce === false
      ? [fail(`\`${path}\` does not enforce ${constraint}: keys may be made`)]
      : [undecidable(`\`${path}\` does not say whether ${constraint} is enforced`)];
  });
}
