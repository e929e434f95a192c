import { describe, expect, it } from "vitest";
import { evaluate, type Names } from "../../policy-pack/arm-expression.ts";

const parameters: Readonly<Record<string, unknown>> = {
  account: "claude-us",
  sku: { name: "DataZoneStandard" },
  place: "[resourceGroup().location]",
  quoted: "[[not an expression]",
  loop: "[parameters('loop')]",
  twice: "[concat(variables('account'), parameters('account'))]",
};
const names: Names = { parameter: (name) => parameters[name], variable: (name) => `${name}-v` };

describe("evaluate", () => {
  it.each([
    ["plain text", "DataZoneStandard", "DataZoneStandard"],
    ["text with brackets inside", "a[0]", "a[0]"],
    ["a bracket that is escaped", "[[text]", "[text]"],
    ["a parameter", "[parameters('account')]", "claude-us"],
    ["a parameter in another case and with spaces", "[ Parameters( 'account' ) ]", "claude-us"],
    ["an object", "[parameters('sku')]", { name: "DataZoneStandard" }],
    ["a variable", "[variables('own')]", "own-v"],
    ["a parameter that leads on", "[parameters('twice')]", "account-vclaude-us"],
    ["texts put together", "[concat('a', '/', variables('b'))]", "a/b-v"],
    ["a quoted quote", "[concat('it''s')]", "it's"],
    ["a format", "[format('{0}/{1}/{0}', 'a', 'b')]", "a/b/a"],
    ["lower case", "[toLower('ABC')]", "abc"],
    ["the group's place", "[resourceGroup().location]", "[resourceGroup().location]"],
    [
      "a parameter that is the group's place",
      "[parameters('place')]",
      "[resourceGroup().location]",
    ],
    [
      "an id",
      "[resourceId('Microsoft.Storage/storageAccounts', 'logs')]",
      "/providers/Microsoft.Storage/storageAccounts/logs",
    ],
    [
      "an id of a child",
      "[resourceId('Microsoft.CognitiveServices/accounts/deployments', 'a', 'd')]",
      "/providers/Microsoft.CognitiveServices/accounts/a/deployments/d",
    ],
  ])("works out %s", (_, text, value) => {
    expect(evaluate(text, names)).toEqual(value);
  });

  it.each([
    ["another function", "[uniqueString('x')]"],
    ["a property of what it returns", "[parameters('sku').name]"],
    ["an object where text is needed", "[concat(parameters('sku'))]"],
    ["the group's place where text is needed", "[concat(parameters('place'))]"],
    ["a format that asks for more than it is given", "[format('{1}', 'a')]"],
    ["a format with a format of its own", "[format('{0:N2}', 'a')]"],
    ["a format with an escaped brace", "[format('{{0}}', 'a')]"],
    ["an id with a group before the type", "[resourceId('other', 'Microsoft.Storage/s', 'n')]"],
    ["an id that misses a name", "[resourceId('Microsoft.A/b/c', 'n')]"],
    ["two arguments", "[parameters('account', 'sku')]"],
    ["no argument", "[parameters()]"],
    ["what follows the end", "[concat('a') 'b']"],
    ["what is never closed", "[concat('a']"],
    ["a list", "[1]"],
    ["nothing", "[]"],
    ["a loop", "[parameters('loop')]"],
    ["a very deep one", `[${"concat(".repeat(100)}'a'${")".repeat(100)}]`],
  ])("gives up on %s", (_, text) => {
    expect(() => evaluate(text, names)).toThrow(/is not worked out here$/);
  });
});
