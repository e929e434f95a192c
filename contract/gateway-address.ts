/** What the host of a provider looks like, and which route is the honest one for it. */
const providerHosts: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)(anthropic\.com|claude\.ai|claude\.com)$/, "provider anthropic"],
  [/^aws-external-anthropic\..*\.api\.aws$/, "provider anthropic"],
  [/^bedrock-mantle\..*\.api\.aws$/, "provider mantle"],
  [/(^|\.)bedrock-runtime[a-z-]*\..*amazonaws\.com(\.cn)?$/, "provider bedrock"],
  [/aiplatform.*\.googleapis\.com$/, "provider vertex"],
  [/\.(services\.ai|cognitiveservices|openai)\.azure\.(com|us)$/, "provider foundry"],
];

/**
 * Why a text is no base URL of a gateway, or nothing. Claude Desktop appends `/v1/messages`
 * (https://claude.com/docs/third-party/claude-desktop/gateway, 2026-09). A credential in it is never repeated.
 */
export function gatewayAddressProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) {
    return "is no URL; write the gateway's address, for example https://claude.example.com";
  }
  if (url.username !== "" || url.password !== "" || /^[a-z]+:\/\/[^/?#]*@/i.test(text)) {
    return "holds a credential; remove what stands before the @";
  }
  if (url.search !== "" || url.hash !== "" || /[?#]/.test(text)) {
    return "holds a query or a fragment; write the address alone";
  }
  if (url.protocol !== "https:") {
    return `"${text}" must start with https://; prompts would travel in the clear`;
  }
  if (["localhost", "[::1]"].includes(url.hostname) || /^127\./.test(url.hostname)) {
    return `"${text}" is the laptop itself; write the address of the company's gateway`;
  }
  const [, route] = providerHosts.find(([host]) => host.test(url.hostname)) ?? [];
  if (route !== undefined) {
    return `"${url.hostname}" is no gateway but a provider's own endpoint; use a route with ${route}`;
  }
  const path = url.pathname === "/" ? "" : url.pathname;
  if (/\/v1(\/messages)?\/?$/.test(path)) {
    const right = `${url.origin}${path.replace(/\/v1(\/messages)?\/?$/, "")}`;
    return `"${text}" ends in what the application appends itself; write ${right}`;
  }
  if (path.endsWith("/") || text !== `${url.origin}${path}`) {
    return `"${text}" is not written as it is called; write ${url.origin}${path.replace(/\/+$/, "")}`;
  }
  return undefined;
}
