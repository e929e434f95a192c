import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
} from "@pulumi/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findByName } from "../../policy-pack/references.ts";
import { defineRule, fail, type Rule } from "../../policy-pack/rule.ts";
import { type Surroundings, toPolicy } from "../../policy-pack/run.ts";
import { StackIndex } from "../../policy-pack/stack-index.ts";
import { argsOf, euZone, unknownText } from "../support/run-rule.ts";

const HOLDERS = ["test:a:Bucket", "test:b:Bucket"];
const POINTER = "test:a:Pointer";

/** Says which resource a pointer names: the first in order, of either type. */
const naming = (types: readonly string[] = HOLDERS): Rule =>
  defineRule({
    name: "names-something",
    description: "Names something.",
    remediation: "None.",
    scope: "stack",
    appliesTo: (type) => type === POINTER,
    judge({ props }, context) {
      const found = findByName(context, new Set(types), "bucket", String(props.to));
      return [fail(found === undefined ? "nothing" : `${found.name} ${String(found.props.mark)}`)];
    },
  });

type Args = Pick<ResourceValidationArgs, "type" | "name" | "urn" | "props">;
const phases = ["preview", "up"] as const;
type Phase = (typeof phases)[number];

/** Every report of a rule over resources that register in this order, as `urn: message`. */
async function judge(rule: Rule, resources: readonly Args[], phase: Phase): Promise<string[]> {
  const around: Surroundings = {
    zone: euZone,
    preview: phase === "preview",
    strictPreview: false,
    today: "2026-11-21",
    registered: new StackIndex(),
  };
  const reports: string[] = [];
  const report = (message: unknown, urn?: string) => void reports.push(`${urn}: ${message}`);
  const policy = toPolicy(rule, () => around);
  if (!("validateStack" in policy && "validateResource" in policy))
    throw new Error("no stack rule");
  const { validateResource = [] } = policy as ResourceValidationPolicy;
  const checks = Array.isArray(validateResource) ? validateResource : [validateResource];
  const whole = resources.map((resource) => ({ ...argsOf({ type: "", props: {} }), ...resource }));
  for (const one of whole) {
    for (const check of checks) await check(one, report);
  }
  await policy.validateStack(
    {
      resources: whole.map(
        (one): PolicyResource => ({
          ...one,
          dependencies: [],
          propertyDependencies: {},
          isType: () => false,
          asType: () => undefined,
        }),
      ),
      stackTags: new Map(),
      getConfig: <T extends object>() => ({}) as T,
      notApplicable: () => {
        throw new Error("not applicable");
      },
    },
    report,
  );
  return reports;
}

/** What the rule must say, told by searching all resources for every pointer. */
function searched(resources: readonly Args[], phase: Phase): string[] {
  const latest = (upTo: number) =>
    new Map(resources.slice(0, upTo).map((one) => [one.urn, one] as const));
  return resources.flatMap(({ type, urn }, index) => {
    if (type !== POINTER) return [];
    // A preview sees every resource with the inputs it registered last; `up` what is registered by then.
    const all = latest(resources.length);
    const seen =
      phase === "preview"
        ? resources.map((one) => ({ ...one, props: all.get(one.urn)!.props }))
        : [...latest(index + 1).values()];
    const to = phase === "preview" ? all.get(urn)!.props.to : resources[index]!.props.to;
    const found = seen.find((one) => HOLDERS.includes(one.type) && raw(one).bucket === to);
    const said = found === undefined ? "nothing" : `${found.name} ${raw(found).mark}`;
    return [`${urn}: ${said}`];
  });
}

const raw = ({ props }: Args): Record<string, unknown> =>
  (props as { __getSpecialProxyTarget: Record<string, unknown> }).__getSpecialProxyTarget;

/** Few names and few URNs, so that resources share names and some register twice with other inputs. */
const stacks = fc
  .array(
    fc.record({
      type: fc.constantFrom(...HOLDERS, POINTER, "test:a:Other"),
      urn: fc.nat(6),
      bucket: fc.constantFrom("x", "y", "z", "", undefined, unknownText),
      to: fc.constantFrom("x", "y", "z"),
    }),
    { maxLength: 30 },
  )
  .map((drawn) =>
    drawn.map(({ type, urn, bucket, to }, mark): Args => {
      const props =
        type === POINTER ? { to } : { mark, ...(bucket === undefined ? {} : { bucket }) };
      return argsOf({ type, name: `r${urn}`, props });
    }),
  );

describe("a rule that looks other resources up", () => {
  it.each(phases)("finds at %s what a search of all resources finds", async (phase) => {
    await fc.assert(
      fc.asyncProperty(stacks, async (resources) => {
        expect(await judge(naming(), resources, phase)).toEqual(searched(resources, phase));
      }),
      { numRuns: 500 },
    );
  });

  it("says the same at a preview in whatever order resources with names of their own come", async () => {
    const group = (index: number): Args[] => [
      argsOf({ type: HOLDERS[index % 2]!, name: `b${index}`, props: { bucket: `n${index}` } }),
      argsOf({ type: POINTER, name: `p${index}`, props: { to: `n${index}` } }),
    ];
    const stack = Array.from({ length: 12 }, (_, index) => group(index)).flat();
    const usual = (await judge(naming(), stack, "preview")).toSorted();
    expect(usual[0]).toBe(`urn:pulumi:eu::test::${POINTER}::p0: b0 undefined`);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(stack, { minLength: stack.length }),
        async (shuffled) => {
          expect((await judge(naming(), shuffled, "preview")).toSorted()).toEqual(usual);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("keeps the first place of a resource that registers again", async () => {
    const bucket = (name: string, mark: number, text: string) =>
      argsOf({ type: HOLDERS[0]!, name, props: { bucket: text, mark } });
    const pointer = argsOf({ type: POINTER, name: "p", props: { to: "x" } });
    const stack = [bucket("a", 0, "x"), bucket("b", 1, "x"), pointer, bucket("a", 2, "x"), pointer];
    expect(await judge(naming(), stack, "up")).toEqual([
      `${pointer.urn}: a 0`,
      `${pointer.urn}: a 2`,
    ]);
  });
});

describe("the work of a rule", () => {
  /** Operations of a whole run over `size` resources, half of them pointers to the other half. */
  async function operations(size: number, phase: Phase) {
    const counts = { reads: 0, questions: 0, judgements: 0 };
    const counted = (props: Record<string, unknown>) =>
      new Proxy(props, {
        get(target, property) {
          counts.reads += 1;
          return Reflect.get(target, property);
        },
      });
    const stack = Array.from({ length: size / 2 }, (_, index): Args[] => {
      const part = (type: string, name: string, props: Record<string, unknown>) => ({
        ...argsOf({ type, name, props: {} }),
        props: counted(props),
      });
      return [
        part(HOLDERS[index % 2]!, `b${index}`, { bucket: `n${index}`, mark: index }),
        part(POINTER, `p${index}`, { to: `n${index}` }),
      ];
    }).flat();
    const rule = naming();
    const probe: Rule = {
      ...rule,
      appliesTo(type) {
        counts.questions += 1;
        return rule.appliesTo(type);
      },
      judge(resource, context) {
        counts.judgements += 1;
        return rule.judge(resource, context);
      },
    };
    const reports = await judge(probe, stack, phase);
    expect(reports.at(-1)).toMatch(new RegExp(`: b${size / 2 - 1} ${size / 2 - 1}$`));
    return counts;
  }

  it.each(phases)(
    "grows with the number of resources, not with its square, at %s",
    async (phase) => {
      // A pointer is read once, what it names for its index and for the message; a type is asked for once.
      expect(await operations(100, phase)).toEqual({ reads: 150, questions: 3, judgements: 50 });
      expect(await operations(1_000, phase)).toEqual({
        reads: 1_500,
        questions: 3,
        judgements: 500,
      });
    },
  );

  it.each(phases)("is none at %s for types it does not apply to", async (phase) => {
    let reads = 0;
    const props = new Proxy(
      { bucket: "x" },
      {
        get() {
          reads += 1;
        },
      },
    );
    const others = Array.from({ length: 50 }, (_, index) => ({
      ...argsOf({ type: "test:a:Other", name: `o${index}`, props: {} }),
      props,
    }));
    expect(await judge(naming(), others, phase)).toEqual([]);
    expect(reads).toBe(0);
  });
});
