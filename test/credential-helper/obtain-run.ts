/** Started under Bun by obtain-under-bun.test.ts: one interactive run and one silent one; prints one JSON line. */
import { request } from "node:http";

import { obtain } from "../../credential-helper/obtain.ts";
import { walk } from "../services/headless-browser.ts";
import { helperConfigFor, tokenService } from "./exchange/configs.ts";
import { surroundings } from "./sign-in/around.ts";

const [, , issuer = "", service = ""] = process.argv;

function statusOf(url: string, options: { method?: string; headers?: Record<string, string> }) {
  return new Promise<number | undefined>((resolve, reject) => {
    request(url, options, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

const refused: (number | undefined)[] = [];
let page = "";
const around = surroundings({
  browse: async (address) => {
    const redirect = new URL(address).searchParams.get("redirect_uri") ?? "";
    const forged = `${redirect}?code=x&state=y`;
    refused.push(
      await statusOf(forged, {}),
      await statusOf(forged, { method: "POST" }),
      await statusOf(forged, { headers: { host: "evil.example" } }),
      await statusOf(new URL("/other", redirect).href, {}),
    );
    const fill = (fields: string[]) =>
      fields.includes("account") ? { account: "alice", answer: "yes" } : { answer: "yes" };
    ({ text: page } = await walk(address, fill));
  },
});
const config = helperConfigFor(issuer, tokenService(service));
const first = await obtain(config, around);
await around.browsed();
const session = around.session();
const silent = surroundings({ context: "background", ...(session ? { session } : {}) });
const second = await obtain(config, silent);
console.log(
  JSON.stringify({
    runtime: process.versions.bun === undefined ? "node" : "bun",
    kinds: [first.kind, second.kind],
    refused,
    title: /<title>(.*)<\/title>/.exec(page)?.[1],
    rotated: session?.refreshToken !== silent.session()?.refreshToken,
  }),
);
