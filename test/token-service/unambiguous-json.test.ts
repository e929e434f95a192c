import fc from "fast-check";
import { expect, it } from "vitest";

import { unambiguousJson } from "../../token-service/unambiguous-json.ts";

it("every JSON value is read as it is", () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: "binary" }), (text) => {
      expect(unambiguousJson(text)).toEqual(JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

it("names that look like more members than there are, and members of prototypes, are none too many", () => {
  for (const text of [
    '{"a\\":\\"b":"c\\\\","d":"{\\"d\\":1,\\"d\\":2}"}',
    '{"__proto__":1,"constructor":{"__proto__":[]}}',
    '["a","a",{"a":{"a":1}},{"a":1}]',
    '{"a" \n: 1}',
  ]) {
    expect(unambiguousJson(text)).toEqual(JSON.parse(text));
  }
});

it.each([
  '{"sub":"mallory","sub":"alice"}',
  '{"sub":"alice","\\u0073ub":"alice"}',
  '{"a":[{"b":1,"b":1}]}',
  '{"__proto__":1,"__proto__":1}',
  '{"a":1 , "a"\t:2}',
])("%s is refused", (text) => {
  expect(() => unambiguousJson(text)).toThrow("a member stands twice");
});

it.each(["", "{", '{"a":1}}', "{'a':1}", "undefined"])("%j is no JSON", (text) => {
  expect(() => unambiguousJson(text)).toThrow(SyntaxError);
});
