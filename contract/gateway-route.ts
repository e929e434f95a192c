import { z } from "zod";
import { httpsUrl, routeName } from "./formats.ts";
import { gatewayAddressProblem } from "./gateway-address.ts";
import { helperScript } from "./helper-script.ts";
import { headerProblems } from "./plain-headers.ts";

const models = z.array(z.string().min(1)).min(1);
const upstreamName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/i);

/** One place a gateway may send a request to, failover included. */
export const gatewayUpstream = z.discriminatedUnion("provider", [
  z.strictObject({
    name: upstreamName,
    provider: z.enum(["bedrock", "mantle"]),
    region: z.string().min(1),
    /** Profile ids with `bedrock`, base model ids with `mantle`. */
    models,
  }),
  z.strictObject({
    name: upstreamName,
    provider: z.literal("vertex"),
    location: z.string().min(1),
    models,
  }),
  z.strictObject({
    name: upstreamName,
    provider: z.literal("foundry"),
    /** Region of the resource; it does not bound inference. */
    region: z.string().min(1),
    models,
    /** Decides who hosts; absent is undecidable. */
    version: z.string().min(1).optional(),
    /** Decides where Azure processes; absent is undecidable. */
    sku: z.string().min(1).optional(),
  }),
  z.strictObject({ name: upstreamName, provider: z.literal("anthropic"), models }),
]);

/** How Claude Desktop obtains its credential on the laptop; never a key. */
export const gatewayDesktop = z.discriminatedUnion("kind", [
  /** In-app sign-in at the company's issuer; the gateway checks `iss` and `aud` of the token. */
  z.strictObject({
    kind: z.literal("external-idp"),
    issuer: httpsUrl,
    clientId: z.string().min(1),
    bearerTokenType: z.enum(["id_token", "access_token"]),
    scopes: z.string().min(1).optional(),
    authFlow: z.enum(["browser", "broker"]),
    redirectPort: z.int().min(1024).max(65_535).optional(),
    /** Oldest release in the fleet: from 2.7032.0 profiles use today's names of the sign-in keys. */
    minimumAppVersion: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/)
      .optional(),
  }),
  helperScript,
]);

export const gatewayRoute = z.strictObject({
  name: routeName,
  provider: z.literal("gateway"),
  baseUrl: httpsUrl.superRefine((text, context) => {
    const message = gatewayAddressProblem(text);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  }),
  /** Header that carries the credential. */
  authScheme: z.enum(["bearer", "x-api-key"]),
  /** Sent with every request; none of them opens anything. */
  customHeaders: z
    .record(z.string(), z.string())
    .superRefine((headers, context) => {
      for (const { path, reason } of headerProblems(headers, "")) {
        context.addIssue({ code: "custom", path: [path.slice(1)], message: reason });
      }
    })
    .optional(),
  /** Everything the gateway may send a request to. */
  upstreams: z.array(gatewayUpstream).min(1),
  /** First entry is the laptop's default model. */
  models: z
    .array(
      z.strictObject({
        /** What the gateway calls it, exactly as a request names it. */
        id: z.string().min(1),
        label: z.string().min(1),
        /** Upstream -> the model it is there. */
        upstreamModels: z.record(z.string(), z.string().min(1)),
      }),
    )
    .min(1),
  /** What Anthropic sees at the worst upstream. */
  anthropicSees: z.enum(["none", "flagged content only", "content"]),
  /** What the verdicts do not promise, one sentence each. */
  caveats: z.array(z.string().min(1)),
  desktop: gatewayDesktop,
});

export type GatewayUpstream = z.infer<typeof gatewayUpstream>;
export type GatewayRouteOutputs = z.infer<typeof gatewayRoute>;
export type GatewayDesktop = z.infer<typeof gatewayDesktop>;
