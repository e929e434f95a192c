import { generateKeyPairSync, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { joseSignature } from "../../../token-service/signing/der-signature.ts";

const curves = [
  ["ES256", "prime256v1", "sha256", 64],
  ["ES384", "secp384r1", "sha384", 96],
] as const;

/** DER as the standard writes it, made here from two numbers. */
function der(...numbers: readonly bigint[]): Uint8Array {
  const integers = numbers.map((number) => {
    const hex = number.toString(16);
    const even = hex.length % 2 === 0 ? hex : `0${hex}`;
    const bytes = Buffer.from(
      Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even,
      "hex",
    );
    return Buffer.concat([Buffer.from([0x02, bytes.length]), bytes]);
  });
  const body = Buffer.concat(integers);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

describe.each(curves)("%s", (algorithm, namedCurve, digest, length) => {
  test("signatures of real keys verify after the change", () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
    for (let n = 0; n < 200; n += 1) {
      const data = Buffer.from(String(n));
      const signature = joseSignature(sign(digest, data, privateKey), algorithm);
      expect(signature).toHaveLength(length);
      const key = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
      expect(verify(digest, data, key, signature!)).toBe(true);
    }
  });

  test("any two numbers that fit are written at full length", () => {
    const number = fc.bigInt({ min: 1n, max: (1n << BigInt(length * 4)) - 1n });
    fc.assert(
      fc.property(number, number, (r, s) => {
        const hex = (value: bigint) => value.toString(16).padStart(length, "0");
        const signature = joseSignature(der(r, s), algorithm);
        expect(Buffer.from(signature!).toString("hex")).toBe(hex(r) + hex(s));
      }),
    );
  });

  test("nothing but exactly that is taken", () => {
    const good = Buffer.from(der(1n, 2n));
    const wrong: readonly Uint8Array[] = [
      new Uint8Array(),
      good.subarray(0, -1),
      Buffer.concat([good, Buffer.from([0])]),
      Buffer.from("3106020101020102", "hex"),
      Buffer.from("3006030101020102", "hex"),
      Buffer.from("3006020101030102", "hex"),
      Buffer.from("3007020101020102", "hex"),
      Buffer.from("3003020101", "hex"),
      Buffer.from("30050200020102", "hex"),
      Buffer.from("3006020181020102", "hex"),
      Buffer.from("300702020001020102", "hex"),
      Buffer.from("3006020100020102", "hex"),
      Buffer.from("3006020101020202", "hex"),
      Buffer.from(der(1n, 2n, 3n)),
      Buffer.from(der(1n << BigInt(length * 4), 2n)),
    ];
    expect(joseSignature(good, algorithm)).toHaveLength(length);
    for (const bytes of wrong) {
      expect({
        hex: Buffer.from(bytes).toString("hex"),
        is: joseSignature(bytes, algorithm),
      }).toEqual({
        hex: Buffer.from(bytes).toString("hex"),
        is: undefined,
      });
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 110 }), (bytes) => {
        expect(joseSignature(bytes, algorithm)?.length ?? length).toBe(length);
      }),
    );
  });
});
