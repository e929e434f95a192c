import * as pulumi from "@pulumi/pulumi";

/** One resource as the program registered it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface Deployed<T> {
  /** Whatever the program returned. */
  readonly result: T;
  /** Every resource it registered, sorted by type then name. */
  readonly resources: readonly Registered[];
}

/** Answers of provider calls, by token. A call that is not listed fails the test. */
export type Calls = Readonly<Record<string, (inputs: Record<string, unknown>) => object>>;

export interface DeployOptions {
  readonly calls?: Calls;
  /** Extra outputs by type token, for values a program reads back. */
  readonly outputs?: Readonly<Record<string, (name: string) => Record<string, unknown>>>;
}

const zones: Calls = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": ({ region }) => ({
    id: region,
    region,
    names: ["a", "b", "c"].map((letter) => `${region}${letter}`),
    zoneIds: [],
    groupNames: [region],
  }),
};

const readBack: NonNullable<DeployOptions["outputs"]> = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": (name) => ({
    dnsEntries: [
      { dnsName: `vpce-0a-${name}.vpce.amazonaws.com`, hostedZoneId: "Z1" },
      { dnsName: `vpce-0a-${name}-zone-a.vpce.amazonaws.com`, hostedZoneId: "Z1" },
    ],
  }),
};

/**
 * Runs a program against recorded mocks and waits for every registration. Every resource gets an
 * `arn` and an id made of its name. Sees resources made inside `apply`, but not ones made after a
 * timer or I/O.
 */
export async function deploy<T>(
  program: () => T,
  options: DeployOptions = {},
): Promise<Deployed<T>> {
  const seen: Registered[] = [];
  const calls = { ...zones, ...options.calls };
  const outputs = { ...readBack, ...options.outputs };
  await pulumi.runtime.setMocks({
    newResource({ type, name, inputs }) {
      seen.push({ type, name, inputs });
      const given = outputs[type]?.(name) ?? {};
      return { id: `${name}-id`, state: { arn: `arn:test:${type}:${name}`, ...inputs, ...given } };
    },
    call({ token, inputs }) {
      const answer = calls[token];
      if (answer === undefined) throw new Error(`unexpected provider call: ${token}`);
      return answer(inputs);
    },
  });
  let result: T;
  try {
    result = program();
  } finally {
    // Also after a refusal: what was registered before it would land in the next test's mocks.
    await pulumi.runtime.disconnect();
  }
  const key = (r: Registered) => `${r.type}::${r.name}`;
  return { result, resources: seen.toSorted((a, b) => key(a).localeCompare(key(b))) };
}

export { resolved } from "./resolved.ts";

/**
 * The whole message with which a component refused its arguments. Anything else that goes wrong,
 * or nothing going wrong, fails the test: a refusal never shows a stack.
 */
export async function refusal(deployed: Promise<unknown>): Promise<string> {
  const error: unknown = await deployed.then(
    () => new Error("nothing was refused"),
    (reason: unknown) => reason,
  );
  if (pulumi.ResourceError.isInstance(error) && error.hideStack) return error.message;
  throw error;
}
