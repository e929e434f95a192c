import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";

/** The path under which the two pages live; oidc-provider sends the browser to `<path>/<uid>`. */
export const interactionPath = "/interaction";

/**
 * Answers the sign-in page (asks who) and the consent page (asks whether), as plain HTML forms: a browser works, and
 * so does `HeadlessBrowser`. No password: whoever names an account is that account.
 */
export async function answerInteraction(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const details = await provider.interactionDetails(request, response);
  const page = details.prompt.name;
  if (request.method !== "POST") {
    const field = page === "login" ? '<input type="text" name="account" value="">' : "";
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><title>${page}</title><form method="post" action="${interactionPath}/${details.uid}">` +
        `${field}<button name="answer" value="yes">${page}</button><button name="answer" value="no">deny</button></form>`,
    );
    return;
  }
  const form = new URLSearchParams(await bodyOf(request));
  if (form.get("answer") === "no") {
    const denied = { error: "access_denied", error_description: "the person said no" };
    await provider.interactionFinished(request, response, denied, {
      mergeWithLastSubmission: false,
    });
    return;
  }
  if (page === "login") {
    const login = { login: { accountId: form.get("account") ?? "" } };
    await provider.interactionFinished(request, response, login, {
      mergeWithLastSubmission: false,
    });
    return;
  }
  const grantId = await grantAll(provider, details);
  await provider.interactionFinished(
    request,
    response,
    { consent: { grantId } },
    { mergeWithLastSubmission: true },
  );
}

type Details = Awaited<ReturnType<Provider["interactionDetails"]>>;

async function grantAll(provider: Provider, details: Details): Promise<string> {
  const found = details.grantId ? await provider.Grant.find(details.grantId) : undefined;
  const grant =
    found ??
    new provider.Grant({
      accountId: details.session?.accountId ?? "",
      clientId: String(details.params.client_id),
    });
  const missing = details.prompt.details as {
    missingOIDCScope?: string[];
    missingOIDCClaims?: string[];
    missingResourceScopes?: Record<string, string[]>;
  };
  if (missing.missingOIDCScope) grant.addOIDCScope(missing.missingOIDCScope.join(" "));
  if (missing.missingOIDCClaims) grant.addOIDCClaims(missing.missingOIDCClaims);
  for (const [resource, scopes] of Object.entries(missing.missingResourceScopes ?? {})) {
    grant.addResourceScope(resource, scopes.join(" "));
  }
  return grant.save();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
