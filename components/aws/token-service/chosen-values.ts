import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { FromEnvironment } from "../../shared/token-service.ts";
import { type AwsPlace, arnAt } from "../place.ts";
import type { ServiceNames } from "./names.ts";
import { storePort } from "./ports.ts";

/**
 * A value AWS chooses, which no preview can know. It lies in a parameter of its own; the task definition gives it to
 * the service as one variable, and the configuration says what it has to look like.
 */
export interface ChosenValue extends FromEnvironment {
  /** Last part of every name of it. */
  readonly name: "store-url" | "signing-key-arn";
  readonly parameterName: string;
  readonly parameterArn: string;
}

/** What AWS chooses for one service; absent where nothing is created, or the stack file says it. */
export interface ChosenValues {
  readonly storeUrl: ChosenValue | undefined;
  readonly signingKeyArn: ChosenValue | undefined;
}

/**
 * Forms as narrow as a preview can know them: the one cluster by its name, region and port, with an id of AWS between
 * them; and a key of this account and region.
 * @see https://docs.aws.amazon.com/memorydb/latest/devguide/endpoints.html (clustercfg.<cluster>.<id>.memorydb.<region>.amazonaws.com; looked up 2026-11-21)
 */
export function chosenValues(
  place: AwsPlace,
  names: ServiceNames,
  made: { readonly store: boolean; readonly signingKey: boolean },
): ChosenValues {
  const value = (name: ChosenValue["name"], fromEnvironment: string, like: string) => {
    const parameterName = `${names.parameterPath}/${name}`;
    const parameterArn = arnAt(place, "ssm", `parameter${parameterName}`);
    return { name, fromEnvironment, like, parameterName, parameterArn };
  };
  const host = `*.${names.shortName}.*.memorydb.${place.region}.amazonaws.com`;
  return {
    storeUrl: made.store
      ? value("store-url", "COWORK_STORE_URL", `rediss://${host}:${storePort}`)
      : undefined,
    signingKeyArn: made.signingKey
      ? value("signing-key-arn", "COWORK_SIGNING_KEY_ARN", arnAt(place, "kms", "key/*"))
      : undefined,
  };
}

/** Those there are, in a fixed order. */
export function listed({ storeUrl, signingKeyArn }: ChosenValues): readonly ChosenValue[] {
  return [storeUrl, signingKeyArn].filter((value) => value !== undefined);
}

/** The reference as a configuration writes it. */
export function referenceTo({ fromEnvironment, like }: ChosenValue): FromEnvironment {
  return { fromEnvironment, like };
}

/**
 * A parameter that holds one chosen value, in clear: it is no secret. AWS itself refuses a value of another form, as
 * long as nobody changes the form with it; the service refuses it whatever stands here.
 */
export function chosenParameter(
  name: string,
  { region }: Pick<AwsPlace, "region">,
  chosen: ChosenValue,
  value: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): aws.ssm.Parameter {
  return new aws.ssm.Parameter(
    `${name}-${chosen.name}`,
    {
      region,
      name: chosen.parameterName,
      description: "What AWS chose for the cowork token service; written by its stack alone.",
      type: "String",
      tier: "Standard",
      insecureValue: value,
      allowedPattern: patternOf(chosen.like),
    },
    opts,
  );
}

/** The same form as a regular expression. */
function patternOf(like: string): string {
  const literal = like.split("*").map((part) => part.replaceAll(".", "\\."));
  return `^${literal.join("[A-Za-z0-9-]+")}$`;
}
