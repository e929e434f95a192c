import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { expect, it } from "vitest";

import { signInWithBrowser } from "../../../credential-helper/sign-in/browser.ts";
import { discoverIssuer } from "../../../credential-helper/sign-in/issuer.ts";
import { startIdentityProvider } from "../../services/identity-provider.ts";
import { surroundings } from "./around.ts";

const program = process.env.CHROMIUM ?? "/usr/bin/chromium";

it("a real browser signs in on the provider's pages and ends on a page that loads nothing", async () => {
  if (!existsSync(program)) {
    throw new Error(
      `no browser at ${program}: apt-get install chromium, or name one in the environment variable CHROMIUM`,
    );
  }
  const idp = await startIdentityProvider();
  const browser = await chromium.launch({ executablePath: program });
  try {
    const page = await browser.newPage();
    const requested: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requested.push(new URL(request.url()).origin));
    page.on("console", (message) => complaints.push(message.text()));
    let csp: string | undefined;
    page.on("response", (response) => {
      if (new URL(response.url()).pathname === "/callback") {
        csp = response.headers()["content-security-policy"];
      }
    });
    const around = surroundings({
      signal: AbortSignal.timeout(60_000),
      browse: async (address) => {
        await page.goto(address);
        await page.fill('input[name="account"]', "alice");
        await page.click('button[value="yes"]');
        // The consent page, which offline_access brings up.
        await page.waitForSelector('button:text-is("consent")');
        await page.click('button[value="yes"]');
        await page.waitForSelector("h1");
      },
    });
    const issuer = await discoverIssuer(
      {
        kind: "oidc",
        issuer: idp.issuer,
        clientId: idp.clientId,
        scopes: "openid profile email groups offline_access",
        redirectPath: "/callback",
        deviceCode: "never",
        keepRefreshToken: true,
      },
      around,
    );

    const signedIn = await signInWithBrowser(
      { issuer, scope: issuer.signIn.scopes, proofKey: undefined },
      around,
    );
    await around.browsed();

    expect(signedIn?.idToken?.subject).toBe("alice");
    expect(await page.title()).toBe("Signed in");
    expect(await page.innerText("body")).toBe(
      "Signed in\n\nYou are signed in. You may close this window and go back to Claude.",
    );
    expect(csp).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    const redirect = new URL(page.url());
    expect(redirect.hostname).toBe("127.0.0.1");
    expect(new Set(requested)).toEqual(new Set([idp.issuer, redirect.origin]));
    expect(requested.filter((origin) => origin === redirect.origin)).toHaveLength(1);
    expect(complaints.filter((text) => /Content Security Policy/.test(text))).toEqual([]);
    expect(await page.locator("script, link, img, iframe, style, a").count()).toBe(0);
  } finally {
    await browser.close();
    await idp.close();
  }
});
