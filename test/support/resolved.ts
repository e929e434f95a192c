import type * as pulumi from "@pulumi/pulumi";

/** The plain value of an output. Never settles where the output failed. */
export function resolved<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply((value) => resolve(value as T));
  });
}
