import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { roleSessionName, sessionTagValue } from "../../exchange/aws-names.ts";

const anyText = fc.string({ unit: "binary", maxLength: 400 }).filter((text) => text.isWellFormed());

describe("the name of a role session", () => {
  test.each([
    ["anna@example.com", "anna@example.com"],
    ["o'brien@example.com", "o=27brien@example.com"],
    ["a=b", "a=3Db"],
    ["a b/c", "a=20b=2Fc"],
    ["žofie", "=C5=BEofie"],
    ["x", "x=="],
    ["", "cowork=="],
    [undefined, "cowork=="],
    ["cowork", "cowork"],
    ["a".repeat(64), "a".repeat(64)],
    ["a".repeat(65), `${"a".repeat(46)}==635361c48bb9eab1`],
    ["\u0000\r\nX", "=00=0D=0AX"],
  ])("%j is written %j", (name, written) => {
    expect(roleSessionName(name)).toBe(written);
  });

  test("is always one STS takes, and never that of somebody else", () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        expect(roleSessionName(one)).toMatch(/^[A-Za-z0-9_+=,.@-]{2,64}$/);
        if (one !== other) expect(roleSessionName(one)).not.toBe(roleSessionName(other));
      }),
    );
  });
});

describe("the value of a session tag", () => {
  test.each([
    ["anna@example.com", "anna@example.com"],
    ["group:eu / x_y.z+1-2", "group:eu / x_y.z+1-2"],
    ["o'brien", "o=27brien"],
    ["a=b", "a=3Db"],
    ["Žofie", "Žofie"],
    ["", ""],
    ["line\nbreak\u2028", "line=0Abreak=E2=80=A8"],
    ["v".repeat(256), "v".repeat(256)],
    ["v".repeat(257), undefined],
    ["'".repeat(86), undefined],
  ])("%j is written %j", (value, written) => {
    expect(sessionTagValue(value)).toBe(written);
  });

  test("is always one AWS takes, or none, and never that of another value", () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const written = sessionTagValue(one);
        if (written === undefined) return;
        expect(written).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u);
        if (one !== other) expect(sessionTagValue(other)).not.toBe(written);
      }),
    );
  });
});
