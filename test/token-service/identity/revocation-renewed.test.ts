import { beforeAll, expect, it } from "vitest";
import { isCertificate, readCertificate } from "../../../token-service/identity/certificate.ts";
import { openRevocationFile } from "../../../token-service/identity/revocation-file.ts";
import { leafOf, listOf, listPem, type Made, make, now, x509 } from "./certificate-rig.ts";

/** An authority that was renewed with another key: one name, two keys, a list by each. */
let before: Made;
let after: Made;
let leaf: Made;

beforeAll(async () => {
  [before, after] = [await make(), await make()];
  leaf = await leafOf(after);
});

interface Dated {
  readonly before: number;
  readonly after: number;
  readonly revoked?: readonly string[];
}

async function fileOf({ named }: { readonly named: boolean }) {
  const problems: string[] = [];
  let content = Buffer.alloc(0);
  let seconds = now;
  const file = openRevocationFile({
    file: "devices.crl",
    readFile: async () => content,
    nowEpochSeconds: () => seconds,
    onProblem: (problem) => problems.push(problem),
  });
  const identifier = async ({ keys }: Made) =>
    named ? [await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey)] : [];
  const lists = async (dated: Dated) =>
    listPem(
      await listOf(before, { from: dated.before, extensions: await identifier(before) }),
    ).concat(
      listPem(
        await listOf(after, {
          from: dated.after,
          revoked: dated.revoked ?? [],
          extensions: await identifier(after),
        }),
      ),
    );
  const [certificate, issuer] = [leaf, after].map(({ der }) => readCertificate(der));
  return {
    problems,
    async judge(dated: Dated) {
      content = Buffer.from(await lists(dated));
      seconds += 10;
      if (!isCertificate(certificate!) || !isCertificate(issuer!)) throw new Error("unreadable");
      return (await file.problemOf(certificate, issuer))?.refused ?? "good";
    },
  };
}

it.each([true, false])(
  "a renewed authority's two lists come out at their own times (key named: %s)",
  async (named) => {
    const file = await fileOf({ named });
    const revoked = [leaf.certificate.serialNumber];
    expect(await file.judge({ before: -300, after: -200 })).toBe("good");
    expect(await file.judge({ before: -300, after: -100, revoked })).toBe("certificate_revoked");
    expect(await file.judge({ before: -50, after: -100, revoked })).toBe("certificate_revoked");
    expect(file.problems).toEqual([]);
  },
);

it("a list older than its key's own in force is not taken, though the other key's is newer", async () => {
  const file = await fileOf({ named: true });
  const revoked = [leaf.certificate.serialNumber];
  expect(await file.judge({ before: -300, after: -100, revoked })).toBe("certificate_revoked");
  expect(await file.judge({ before: -50, after: -200 })).toBe("certificate_revoked");
  expect(file.problems).toEqual(["devices.crl: is older than the list in force"]);
});
