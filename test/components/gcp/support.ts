import type {
  VertexProjectArgs,
  VertexRouteSettings,
} from "../../../components/gcp/vertex-route.ts";
import { builtInZones } from "../../../residency/zones.ts";

/** The least a route can be: public host, one service account, one model. */
export const route: VertexRouteSettings = {
  name: "google",
  organizationId: "123456789012",
  project: { kind: "adopt", projectId: "example-claude-eu", projectNumber: "210987654321" },
  location: "eu",
  dataRegion: "europe-west3",
  models: ["claude-sonnet-5-5"],
  reach: { kind: "public" },
  access: {
    kind: "principal",
    member: "serviceAccount:tokens@example-tokens.iam.gserviceaccount.com",
  },
  desktop: {
    kind: "helper-script",
    path: "/opt/cowork/credential",
    windowsPath: "C:\\Cowork\\credential.exe",
    ttlSeconds: 900,
  },
  keys: { kind: "create", rotationDays: 90 },
  logs: { retentionDays: 365, locked: false },
};

export const args: VertexProjectArgs = {
  zone: builtInZones.eu!,
  geography: "eu",
  organization: "example-corp",
  today: "2026-11-21",
  route,
};

/** Issuer of one tenant. */
export const entraIssuer =
  "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0";

/** People of an Entra tenant. */
export const entra = {
  kind: "workforce",
  issuer: entraIssuer,
  clientId: "99999999-8888-7777-6666-555555555555",
  tenantId: "11111111-2222-3333-4444-555555555555",
  group: "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
} as const;
