import { describe, expect, it } from "vitest";

import type { Properties, Value } from "../../../../offline/providers/struct.ts";
import { check } from "./checked.ts";
import { foundryRows, template } from "./rows/foundry.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const type = "resources/DeploymentStackAtResourceGroup";
const [first] = template.resources;

function failuresOf(given: Value, more: Properties = {}): string[] {
  return check(type, { ...foundryRows[type]![0], template: given, ...more }).failures;
}

/** The template with other properties of its deployment. */
function withProperties(change: Record<string, Value>): Properties {
  const properties = { ...first!.properties, ...change };
  return { ...template, resources: [{ ...first!, properties }] };
}

describe("two deployments of one account", () => {
  const deployment = (name: string, dependsOn?: Value) => ({
    ...first!,
    name,
    ...(dependsOn === undefined ? {} : { dependsOn }),
  });
  const of = (...resources: Properties[]) => failuresOf({ ...template, resources });
  const id = (name: string) =>
    `[resourceId('Microsoft.CognitiveServices/accounts/deployments', 'cowork', '${name}')]`;

  it("must wait for one another: Azure takes one at a time", () => {
    expect(of(deployment("cowork/a"), deployment("cowork/b"))).toEqual([
      'template.resources[1].dependsOn: "a" and "b" would be written at once, and Azure refuses one of them (409); let "b" depend on "a"',
    ]);
    expect(
      of(
        deployment("cowork/a"),
        deployment("cowork/b", [id("a")]),
        deployment("cowork/c", [id("a")]),
      ),
    ).toEqual([
      'template.resources[2].dependsOn: "b" and "c" would be written at once, and Azure refuses one of them (409); let "c" depend on "b"',
    ]);
  });

  it.each<[string, Properties[]]>([
    ["by an id", [deployment("cowork/a"), deployment("cowork/b", [id("a")])]],
    ["by a name", [deployment("cowork/a"), deployment("cowork/b", ["cowork/a"])]],
    ["the other way round", [deployment("cowork/a", [id("b")]), deployment("cowork/b")]],
    [
      "over a third",
      [
        deployment("cowork/a"),
        deployment("cowork/b", [id("a")]),
        deployment("cowork/c", [id("b")]),
      ],
    ],
    ["in a way not known yet", [deployment("cowork/a"), deployment("cowork/b", [unknown])]],
    [
      "in a way only Azure knows",
      [deployment("cowork/a"), deployment("cowork/b", ["[variables('x')]"])],
    ],
  ])("are accepted when one waits %s", (_, resources) => {
    expect(of(...resources)).toEqual([]);
  });

  it("do not wait for one another by waiting for the account", () => {
    const account = "[resourceId('Microsoft.CognitiveServices/accounts', 'cowork')]";
    const both = [deployment("cowork/a", [account]), deployment("cowork/b", [account])];
    expect(of(...both)).toHaveLength(1);
  });

  it("need not wait when they lie in different accounts", () => {
    expect(of(deployment("one/a"), deployment("two/b"))).toEqual([]);
  });
});

describe("parameters of a template", () => {
  const version = "[parameters('version')]";
  const given = withProperties({
    model: { format: "Anthropic", name: "claude-sonnet-5-5", version },
  });
  const declared = (parameter: Properties) => ({ ...given, parameters: { version: parameter } });

  it("must be declared to be used", () => {
    expect(failuresOf(given)).toEqual([
      'template.parameters: the template uses the parameter "version" and does not declare it',
    ]);
  });

  it("must have a value or a default", () => {
    expect(failuresOf(declared({ type: "string" }))).toEqual([
      'parameters: the template\'s parameter "version" has neither a value nor a default',
    ]);
    expect(failuresOf(declared({ type: "string", defaultValue: "2" }))).toEqual([]);
    const parameters = { version: { value: "2" } };
    expect(failuresOf(declared({ type: "string" }), { parameters })).toEqual([]);
    expect(failuresOf(declared({ type: "string" }), { parameters: unknown })).toEqual([]);
  });

  it("are refused when the template does not know them", () => {
    expect(failuresOf(template, { parameters: { version: { value: "2" } } })).toEqual([
      "parameters.version: the template declares no parameter of this name",
    ]);
  });
});
