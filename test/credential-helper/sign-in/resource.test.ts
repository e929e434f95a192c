import { decodeJwt } from "jose";
import { afterEach, describe, expect, it } from "vitest";

import { type HelperConfig, helperConfig } from "../../../contract/helper-config.ts";
import { obtain } from "../../../credential-helper/obtain.ts";
import { readProofKey } from "../../../credential-helper/sign-in/proof-key.ts";
import { type HttpDouble, startHttpDouble } from "../../services/http-double.ts";
import { type IdentityProvider, startIdentityProvider } from "../../services/identity-provider.ts";
import { granted, helperConfigFor, tokenService } from "../exchange/configs.ts";
import { failureOf, surroundings } from "./around.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const resource = "https://tokens.example.com";

/** The real provider: it gives JWT access tokens for a resource it knows, else opaque ones. */
async function world(): Promise<{ idp: IdentityProvider; service: HttpDouble }> {
  const idp = await startIdentityProvider({ resources: [resource] });
  const service = await startHttpDouble({ answer: () => ({ body: granted() }) });
  closers.push(idp.close, () => service.close());
  return { idp, service };
}

function configOf(
  { idp, service }: Awaited<ReturnType<typeof world>>,
  signIn: Readonly<Record<string, unknown>>,
): HelperConfig {
  const exchange = tokenService(service.url, { present: "access_token", dpop: true });
  const config = helperConfigFor(idp.issuer, exchange);
  return helperConfig.parse({ ...config, signIn: { ...config.signIn, ...signIn } });
}

/** Scheme, audience and key of each token that was presented; `opaque` for one that is no JWT. */
function presented({ requests }: HttpDouble): unknown[] {
  return requests.map(({ headers }) => {
    const [scheme, token = ""] = (headers.authorization ?? "").split(" ");
    if (token.split(".").length !== 3) return [scheme, "opaque"];
    const { aud, cnf } = decodeJwt(token);
    return [scheme, aud, (cnf as { jkt?: string } | undefined)?.jkt];
  });
}

describe("signIn.resource, at an issuer that follows RFC 8707", () => {
  it("brings a JWT access token for it, bound to the helper's key, from the browser and each renewal", async () => {
    const made = await world();
    const config = configOf(made, { resource });
    const first = surroundings({ browse: (address) => made.idp.signInHeadless(address, "alice") });
    await obtain(config, first);
    expect(new URL(first.opened[0] ?? "").searchParams.getAll("resource")).toEqual([resource]);
    await obtain(config, surroundings({ context: "background", session: first.session()! }));
    const key = await readProofKey(first.session()?.proofKey ?? "");
    expect(key?.thumbprint).toEqual(expect.any(String));
    expect(presented(made.service)).toEqual([
      ["DPoP", resource, key?.thumbprint],
      ["DPoP", resource, key?.thumbprint],
    ]);
  });

  it("brings one from a sign-in with a code", async () => {
    const made = await world();
    const around = surroundings();
    const tell = (line: string) => {
      const code = /code ([A-Z0-9-]+)$/.exec(line)?.[1] ?? "";
      void made.idp.approveDevice(code, "alice");
    };
    await obtain(configOf(made, { resource, deviceCode: "always" }), { ...around, tell });
    const key = await readProofKey(around.session()?.proofKey ?? "");
    expect(presented(made.service)).toEqual([["DPoP", resource, key?.thumbprint]]);
  }, 20_000);

  it("absent brings an opaque one, which no token service can check", async () => {
    const made = await world();
    const browse = (address: string) => made.idp.signInHeadless(address, "alice");
    const around = surroundings({ browse });
    await obtain(configOf(made, {}), around);
    expect(new URL(around.opened[0] ?? "").searchParams.has("resource")).toBe(false);
    expect(presented(made.service)).toEqual([["DPoP", "opaque"]]);
  });

  it("that the issuer does not know is named as the cause", async () => {
    const made = await world();
    const browse = (address: string) => made.idp.signInHeadless(address, "alice");
    const config = configOf(made, { resource: "https://other.example.com" });
    expect(await failureOf(obtain(config, surroundings({ browse })))).toBe(
      `signInFailed: signing in with the browser: ${new URL(made.idp.issuer).host} answered invalid_target: check signIn.resource against what the issuer knows`,
    );
  });

  it.each(["tokens.example.com", "/path", "https://tokens.example.com/#part", ""])(
    "is refused when it is no absolute URI: %j",
    async (wrong) => {
      const config = helperConfigFor(
        "https://login.example.com",
        tokenService("https://t.example"),
      );
      const parsed = helperConfig.safeParse({
        ...config,
        signIn: { ...config.signIn, resource: wrong },
      });
      expect(parsed.error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
        ["signIn.resource", "an absolute URI without fragment (RFC 8707, 2)"],
      ]);
    },
  );
});
