/** Started under Node and under Bun by mutual-tls-fetch.test.ts; prints one JSON line. */
import { readFileSync } from "node:fs";

import { boundedFetch } from "../../../credential-helper/sign-in/bounded-fetch.ts";
import { tlsFetch } from "../../../credential-helper/sign-in/mutual-tls-fetch.ts";

const [, , url = "", ca, certificate, key] = process.argv;
const read = (path: string) => readFileSync(path, "utf8");
const fetch = tlsFetch({
  ...(ca ? { certificateAuthoritiesPem: read(ca) } : {}),
  ...(certificate && key
    ? { clientCertificate: { certificatePem: read(certificate), privateKeyPem: read(key) } }
    : {}),
});
const bounded = boundedFetch(fetch, { signal: new AbortController().signal });

bounded(url, { method: "POST", body: "hello", headers: { "x-sent": "yes" } }).then(
  async (response) => {
    const text = await response.text();
    const { status, headers } = response;
    console.log(JSON.stringify({ status, text, location: headers.get("location") }));
  },
  (error: Error) => console.log(JSON.stringify({ error: error.message })),
);
