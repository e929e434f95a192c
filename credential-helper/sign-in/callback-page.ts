import type { ServerResponse } from "node:http";

/** What the person reads at the end. Constant: nothing of the request is ever repeated. */
const pages = {
  signedIn: {
    title: "Signed in",
    text: "You are signed in. You may close this window and go back to Claude.",
  },
  notSignedIn: {
    title: "Not signed in",
    text: "The sign-in did not succeed. You may close this window; Claude shows what went wrong.",
  },
  refused: {
    title: "Nothing here",
    text: "This address only takes the answer of a sign-in that is under way.",
  },
} as const;

export type PageName = keyof typeof pages;

/** Sends a page that loads nothing, runs nothing, is kept nowhere and tells nobody where it came from. */
export function sendPage(response: ServerResponse, status: number, name: PageName): void {
  const { title, text } = pages[name];
  const body = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><p>${text}</p></body>
</html>
`;
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "content-security-policy":
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
    connection: "close",
    ...(status === 405 ? { allow: "GET" } : {}),
  });
  response.end(body);
}
