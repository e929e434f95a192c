/** An application Microsoft itself publishes in every tenant. */
export interface PublishedApp {
  readonly clientId: string;
  readonly displayName: string;
  /** Delegated permissions by name. */
  readonly scopes: Readonly<Record<string, string>>;
}

/**
 * Published applications the kit asks for. The scope of Azure Cognitive Services is what Claude Desktop
 * signs in for. Source: https://claude.com/docs/cowork/3p/foundry, read 2026-11-21.
 */
export const publishedApps: readonly PublishedApp[] = [
  {
    clientId: "00000003-0000-0000-c000-000000000000",
    displayName: "Microsoft Graph",
    scopes: {
      "User.Read": "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
      openid: "37f7f235-527c-4136-accd-4a02d197296e",
      profile: "14dad69e-099b-42c9-810b-d002981feec1",
      email: "64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0",
      offline_access: "7427e0e9-2fba-42fe-b0c0-848c9e6a8182",
    },
  },
  {
    clientId: "7d312290-28c8-473c-a0ed-8e53749b6d6d",
    displayName: "Microsoft Cognitive Services",
    scopes: { user_impersonation: "5f1e8914-a52b-429f-9324-91b92b81adaf" },
  },
];

/** A published application by its client id; undefined when it is not one of those known here. */
export function publishedApp(clientId: string): PublishedApp | undefined {
  return publishedApps.find((one) => one.clientId === clientId.toLowerCase());
}
