import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** One key of the company and its alias. It never leaves its region, and is deleted 30 days after it is asked to be. */
export function aliasedKey(
  name: string,
  args: {
    readonly region: string;
    readonly alias: string;
    readonly description: string;
    readonly policy: string;
    /** `rotated`: encrypts, and gets new material every year. `signs`: ECDSA on P-256; a new one is a new key. */
    readonly kind: "rotated" | "signs";
  },
  opts: pulumi.CustomResourceOptions,
): aws.kms.Key {
  const { region, alias, description, policy, kind } = args;
  const key = new aws.kms.Key(
    name,
    {
      region,
      description,
      ...(kind === "rotated"
        ? { enableKeyRotation: true }
        : { keyUsage: "SIGN_VERIFY", customerMasterKeySpec: "ECC_NIST_P256" }),
      multiRegion: false,
      deletionWindowInDays: 30,
      policy,
    },
    opts,
  );
  new aws.kms.Alias(name, { region, name: alias, targetKeyId: key.keyId }, opts);
  return key;
}
