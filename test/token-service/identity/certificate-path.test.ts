import { X509Certificate } from "node:crypto";
import { afterEach, expect, it, vi } from "vitest";
import { authority, deviceAuthority, judge, leafOf, make, x509 } from "./certificate-rig.ts";

afterEach(() => vi.restoreAllMocks());

it("a stranger's keys check no signature, however many certificates they made of the authority's name", async () => {
  const root = await make();
  const stranger = await make();
  const others = await Promise.all(
    Array.from({ length: 4 }, () => make({ by: stranger, keys: stranger.keys })),
  );
  const leaf = await leafOf(stranger);
  const verify = vi.spyOn(X509Certificate.prototype, "verify");
  expect(
    await judge(
      [leaf, stranger, ...others].map(({ der }) => der),
      [deviceAuthority([root])],
    ),
  ).toBe("certificate_untrusted: the certificate leads to no authority the trust policy names");
  // Each of the six once, by the trusted key.
  expect(verify).toHaveBeenCalledTimes(6);
});

it("certificates in any order, with some that do not belong, lead to the authority", async () => {
  const root = await make();
  const upper = await make({ subject: "CN=Upper", by: root });
  const lower = await make({ subject: "CN=Lower", by: upper });
  const leaf = await leafOf(lower);
  const other = await make({ subject: "CN=Other" });
  for (const between of [
    [lower, upper],
    [upper, other, root, lower],
  ]) {
    expect(
      await judge(
        [leaf, ...between].map(({ der }) => der),
        [deviceAuthority([root])],
      ),
    ).toMatchObject({ device: "laptop-17" });
  }
});

it.each([true, false])(
  "name constraints above a certificate are refused, marked critical: %s",
  async (critical) => {
    const root = await make();
    // Permitted: DNS names below elsewhere.example.
    const subtrees = Buffer.concat([
      Buffer.from("3017a0153013821165", "hex"),
      Buffer.from("lsewhere.example"),
    ]);
    const constraints = new x509.Extension("2.5.29.30", critical, subtrees);
    const middle = await make({
      subject: "CN=Middle",
      by: root,
      extensions: [...authority(), constraints],
    });
    const leaf = await leafOf(middle);
    expect(await judge([leaf.der, middle.der], [deviceAuthority([root])])).toBe(
      "certificate_untrusted: an authority above the certificate has extensions that are not honoured here: 2.5.29.30",
    );
  },
);
