import { describe, expect, it } from "vitest";
import { parseDocument } from "../../policy-pack/iam-document.ts";

const minimal = { Effect: "Allow", Action: "s3:GetObject" };
const parsed = {
  label: "statement 1",
  effect: "Allow",
  actions: ["s3:GetObject"],
  notActions: [],
  resources: [],
  notResources: [],
  principals: {},
  hasNotPrincipal: false,
  conditions: {},
};

describe("parseDocument", () => {
  it.each([
    ["an object with one statement", { Statement: minimal }],
    ["an object with a list", { Statement: [minimal] }],
    ["JSON text", JSON.stringify({ Version: "2012-10-17", Id: "x", Statement: [minimal] })],
    ["what Pulumi adds to objects", { __defaults: [], Statement: { ...minimal, __defaults: [] } }],
  ])("reads %s", (_what, document) => {
    expect(parseDocument(document)).toEqual({ statements: [parsed] });
  });

  it("spells every element out", () => {
    const statement = {
      Sid: "Use",
      Effect: "Deny",
      NotAction: ["a:B", "c:D"],
      Resource: ["arn:one", "arn:two"],
      NotResource: "arn:three",
      Principal: { AWS: ["arn:x", "arn:y"], Service: "s", __defaults: [] },
      Condition: {
        StringEquals: { "aws:SourceAccount": 111122223333, __defaults: [] },
        Bool: { "aws:SecureTransport": [true] },
        __defaults: [],
      },
    };
    expect(parseDocument({ Statement: [minimal, statement] })).toEqual({
      statements: [
        parsed,
        {
          label: 'statement "Use"',
          effect: "Deny",
          actions: [],
          notActions: ["a:B", "c:D"],
          resources: ["arn:one", "arn:two"],
          notResources: ["arn:three"],
          principals: { AWS: ["arn:x", "arn:y"], Service: ["s"] },
          hasNotPrincipal: false,
          conditions: {
            StringEquals: { "aws:sourceaccount": ["111122223333"] },
            Bool: { "aws:securetransport": ["true"] },
          },
        },
      ],
    });
  });

  it.each([
    ["everybody", { Principal: "*" }, { principals: { "*": ["*"] } }],
    ["nobody named", { Principal: {} }, { principals: {} }],
    ["everybody but some", { NotPrincipal: { AWS: "x" } }, { hasNotPrincipal: true }],
    ["everybody but nobody", { NotPrincipal: null }, { hasNotPrincipal: true }],
    ["an empty Sid", { Sid: "" }, { label: "statement 1" }],
    ["a Sid that is no text", { Sid: 7 }, { label: "statement 1" }],
    ["an empty list of resources", { Resource: [] }, { resources: [] }],
  ])("reads a statement about %s", (_what, change, expected) => {
    expect(parseDocument({ Statement: { ...minimal, ...change } })).toEqual({
      statements: [{ ...parsed, ...expected }],
    });
  });

  it("has no statement only where the list is empty", () => {
    expect(parseDocument({ Statement: [] })).toEqual({ statements: [] });
  });

  it.each([
    ["nothing", undefined, "the document is not an object"],
    ["null", null, "the document is not an object"],
    ["a number", 1, "the document is not an object"],
    ["a list", [minimal], "the document is not an object"],
    ["an empty text", "", "the document is not JSON"],
    ["half a text", '{"Statement":', "the document is not JSON"],
    ["the text null", "null", "the document is not an object"],
    ["a text in a text", '"{}"', "the document is not an object"],
    ["no Statement", { Version: "2012-10-17" }, "the document has no Statement"],
    [
      "a misspelt Statement",
      { Statements: [] },
      'the document has an unknown element "Statements"',
    ],
    ["a Statement of null", { Statement: null }, "statement 1 is not an object"],
    ["a text for a statement", { Statement: ["x"] }, "statement 1 is not an object"],
  ])("cannot read %s", (_what, document, problem) => {
    expect(parseDocument(document)).toEqual({ problem });
  });

  it.each([
    ["no Effect", { Effect: undefined }, "has no Effect of Allow or Deny"],
    ["an Effect in lower case", { Effect: "allow" }, "has no Effect of Allow or Deny"],
    ["an Effect of null", { Effect: null }, "has no Effect of Allow or Deny"],
    ["no Action", { Action: undefined }, "has no Action"],
    ["an empty list of actions", { Action: [] }, "has no Action"],
    ["an unknown element", { Actions: "s3:*" }, 'has an unknown element "Actions"'],
    ["an element in lower case", { action: "s3:*" }, 'has an unknown element "action"'],
  ])("cannot read a document whose second statement has %s", (_what, change, reason) => {
    expect(parseDocument({ Statement: [minimal, { ...minimal, ...change }] })).toEqual({
      problem: `statement 2 ${reason}`,
    });
  });

  it.each([
    ["Action", { Action: [{}] }],
    ["Action", { Action: null }],
    ["NotAction", { NotAction: [null] }],
    ["Resource", { Resource: [["arn:x"]] }],
    ["Resource", { Resource: null }],
    ["NotResource", { NotResource: {} }],
    ["Principal.AWS", { Principal: { AWS: [undefined] } }],
    ["Condition.Bool.k", { Condition: { Bool: { k: null } } }],
  ])("cannot read a document with something else than text in %s", (place, change) => {
    expect(parseDocument({ Statement: { ...minimal, ...change } })).toEqual({
      problem: `statement 1.${place} holds something that is not text`,
    });
  });

  it.each([
    ["Principal", { Principal: null }],
    ["Principal", { Principal: ["*"] }],
    ["Condition", { Condition: null }],
    ["Condition", { Condition: "x" }],
    ["Condition.Bool", { Condition: { Bool: "x" } }],
    ["Condition.Bool", { Condition: { Bool: undefined } }],
  ])("cannot read a document whose %s is no object", (place, change) => {
    expect(parseDocument({ Statement: { ...minimal, ...change } })).toEqual({
      problem: `statement 1.${place} is not an object`,
    });
  });

  it("passes on a failure that is not about the text, such as a value not known yet", () => {
    const unknown = {
      get Statement(): never {
        throw new RangeError("not known yet");
      },
    };
    expect(() => parseDocument(unknown)).toThrow(new RangeError("not known yet"));
  });
});
