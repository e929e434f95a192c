/** The last page a headless walk came to. */
export type Page = { url: string; status: number; text: string };

/** What a person would do on a form: returns the fields to send besides the hidden ones. */
export type FillForm = (fieldNames: string[]) => Record<string, string>;

/**
 * Walks pages as a browser would: cookies, redirects, the first form of each page filled and sent. It ends at the
 * first page without a form, or at an address for which `stopAt` is true (which is not fetched).
 *
 * @throws Error when more than 20 pages were needed.
 */
export async function walk(
  start: string,
  fill: FillForm,
  stopAt: (url: URL) => boolean = () => false,
): Promise<Page> {
  const jars = new Map<string, Map<string, string>>();
  let request: { url: string; body?: URLSearchParams } = { url: start };
  for (let step = 0; step < 20; step += 1) {
    const url = new URL(request.url);
    if (stopAt(url)) return { url: url.href, status: 0, text: "" };
    const jar = jars.get(url.origin) ?? new Map<string, string>();
    jars.set(url.origin, jar);
    const response = await fetch(url, {
      method: request.body ? "POST" : "GET",
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(request.body ? { body: request.body } : {}),
    });
    keepCookies(jar, response.headers.getSetCookie());
    const text = await response.text();
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location) {
      request = { url: new URL(location, url).href };
      continue;
    }
    const form = response.ok ? firstForm(text) : undefined;
    if (!form) return { url: url.href, status: response.status, text };
    const body = new URLSearchParams({ ...form.hidden, ...fill(form.fieldNames) });
    request = { url: new URL(form.action, url).href, body };
  }
  throw new Error(`the sign-in at ${new URL(start).origin} did not end after 20 pages`);
}

function keepCookies(jar: Map<string, string>, lines: string[]): void {
  for (const line of lines) {
    const pair = line.split(";", 1)[0] ?? "";
    const name = pair.slice(0, pair.indexOf("="));
    const value = pair.slice(name.length + 1);
    if (value === "") jar.delete(name);
    else jar.set(name, value);
  }
}

type Form = { action: string; hidden: Record<string, string>; fieldNames: string[] };

/** Reads the first form of a page; good for the plain HTML of the provider, not for the wild. */
function firstForm(html: string): Form | undefined {
  const form = /<form\b[^>]*>([\s\S]*?)<\/form>/.exec(html);
  if (!form) return undefined;
  const hidden: Record<string, string> = {};
  const fieldNames: string[] = [];
  for (const [tag] of (form[1] ?? "").matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, "name");
    if (name === undefined) continue;
    if (attribute(tag, "type") === "hidden") hidden[name] = attribute(tag, "value") ?? "";
    else fieldNames.push(name);
  }
  return { action: attribute(form[0], "action") ?? "", hidden, fieldNames };
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll("&amp;", "&");
}
