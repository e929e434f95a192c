import { z } from "zod";

import { credentialHelper } from "./credential-helper-schema.ts";
import { cidr, clientCidrs, helperScript, routeName, text } from "./formats.ts";

/** One `vertex` route of a stack file. Shapes only; what spans several values is judged elsewhere. */

const projectId = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    "a project id is 6 to 30 lower-case letters, digits and dashes, a letter first, no dash last",
  );
const number = (what: string) => z.string().regex(/^\d{6,20}$/, `${what}, digits in quotes`);
const region = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)+\d{1,2}$/, "a Google Cloud region such as europe-west3");
const folderId = number("a folder id");
const keyName = z
  .string()
  .regex(
    /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
    "a key such as projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k",
  );
const poolId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{4,61}[a-z0-9]$/, "6 to 63 lower-case letters, digits and dashes");

const project = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("create"),
    projectId,
    billingAccount: z
      .string()
      .regex(/^[0-9A-F]{6}(-[0-9A-F]{6}){2}$/, "a billing account such as 012345-6789AB-CDEF01"),
    folderId: folderId
      .optional()
      .meta({ description: "Folder that holds the project. Default: the organization." }),
  }),
  z.strictObject({
    kind: z.literal("adopt"),
    projectId,
    projectNumber: number("a project number"),
  }),
]);

const network = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("create"), cidr, clientCidrs }),
  z.strictObject({
    kind: z.literal("existing"),
    network: z
      .string()
      .regex(/^projects\/[^/]+\/global\/networks\/[^/]+$/, "projects/p/global/networks/n"),
    subnetwork: z
      .string()
      .regex(
        /^projects\/[^/]+\/regions\/[^/]+\/subnetworks\/[^/]+$/,
        "projects/p/regions/europe-west3/subnetworks/s",
      ),
    clientCidrs,
  }),
]);

const reach = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("public") }).meta({
    description: "Laptops call Google's own host; only a perimeter limits from where.",
  }),
  z
    .strictObject({
      kind: z.literal("private"),
      network,
      pinBaseUrl: z.boolean().default(false).meta({
        description: "Whether profiles name the host, for applications that derive a wrong one.",
      }),
    })
    .meta({ description: "A Private Service Connect endpoint and a private zone for the host." }),
]);

const access = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("workforce"),
      issuer: text,
      clientId: text.meta({ description: "Client id of the desktop application at the issuer." }),
      tenantId: z.uuid("an Entra tenant id").optional().meta({
        description: "Required with Entra ID: its issuer names a tenant, tokens must as well.",
      }),
      group: text.meta({
        description: "The one group that may use the route, exactly as in the token.",
      }),
      groupsClaim: text
        .optional()
        .meta({ description: "Claim that lists groups. Default: groups." }),
      subjectClaim: text.optional().meta({
        description: "Claim that never changes for a person. Default: oid with Entra ID, else sub.",
      }),
      poolId: poolId.optional().meta({
        description:
          "Unique in all of Google Cloud. Default: made from organization, geography and route.",
      }),
      sessionSeconds: z.int().optional().meta({
        description: "How long a Google session lasts, 900 to 43200. Default: 3600.",
      }),
    })
    .meta({ description: "People sign in with the company's own identity provider." }),
  z
    .strictObject({ kind: z.literal("google-group"), group: z.email("a group's address") })
    .meta({ description: "People have Google accounts." }),
  z
    .strictObject({
      kind: z.literal("principal"),
      member: text.meta({ description: "serviceAccount:… or principalSet://…" }),
    })
    .meta({ description: "One principal, for example a token service." }),
]);

const desktop = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("workforce"),
    authFlow: z.enum(["browser", "broker"]).default("browser"),
    redirectPort: z.int().min(1024).max(65_535).optional().meta({
      description: "Fixed port of the sign-in redirect, where the issuer demands one.",
    }),
    scopes: text.optional(),
  }),
  z
    .strictObject({
      kind: z.literal("interactive"),
      oauthClientId: z
        .string()
        .regex(
          /^[0-9]+-[a-z0-9]+\.apps\.googleusercontent\.com$/,
          "a desktop client's id such as 123456-abc.apps.googleusercontent.com",
        ),
      oauthClientSecret: z
        .string()
        .regex(/^GOCSPX-[A-Za-z0-9_-]+$/, "the secret of a desktop client begins with GOCSPX-")
        .meta({
          writeOnly: true,
          description:
            "Of a desktop client; Google does not treat it as confidential. It is written into profiles.",
        }),
      loginHint: text.optional(),
    })
    .meta({ description: "Sign in with Google. Needs people with Google accounts." }),
  z.strictObject({
    kind: z.literal("vendor-profile"),
    credentialsFile: z
      .strictObject({
        path: z.string().regex(/^\/[^~]*$/, "an absolute path without ~"),
        windowsPath: z.string().regex(/^[A-Za-z]:[\\/][^~]*$/, "an absolute Windows path"),
      })
      .optional()
      .meta({ description: "Default: the device's own Application Default Credentials." }),
  }),
  helperScript,
  credentialHelper,
]);

const logs = z.strictObject({
  retentionDays: z.int().min(1).max(3650).default(365),
  locked: z.boolean().default(false).meta({
    description: "Whether retention can never be shortened again. Cannot be undone.",
  }),
  content: z
    .strictObject({ datasetId: z.string().regex(/^[A-Za-z0-9_]{1,1024}$/, "letters, digits, _") })
    .optional()
    .meta({
      description:
        "A BigQuery dataset for prompts and answers. Switching the log on is a step of the runbook.",
    }),
});

const keys = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("create"), rotationDays: z.int().min(1).max(365).default(90) }),
  z.strictObject({
    kind: z.literal("existing"),
    logs: keyName,
    dataset: keyName.optional().meta({ description: "Default: the key of the logs." }),
  }),
]);

const deployer = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("github"),
      repositoryId: z.string().regex(/^\d+$/, "GitHub's numeric repository id, in quotes"),
      repositoryOwnerId: z.string().regex(/^\d+$/, "GitHub's numeric owner id, in quotes"),
      ref: text.optional().meta({ description: "Only this ref, for example refs/heads/main." }),
      environment: text.optional(),
    }),
    z.strictObject({
      kind: z.literal("gitlab"),
      issuer: text.optional().meta({ description: "Default: https://gitlab.com" }),
      projectId: z.string().regex(/^\d+$/, "GitLab's numeric project id, in quotes"),
      namespaceId: z.string().regex(/^\d+$/, "GitLab's numeric namespace id, in quotes"),
      ref: text
        .optional()
        .meta({ description: "Only this full ref, for example refs/heads/main." }),
    }),
    z.strictObject({
      kind: z.literal("azure-devops"),
      organizationId: z.uuid("the organization's id"),
      serviceConnection: text.meta({
        description: "sc://organization/project/service-connection: the subject of its tokens.",
      }),
    }),
  ])
  .meta({ description: "CI that deploys the kit, without a key." });

const perimeter = z
  .strictObject({
    accessPolicyId: number("an access policy's number"),
    mode: z.enum(["dry-run", "enforced"]).default("dry-run"),
    ingressCidrs: z.array(cidr).default([]).meta({
      description: "Public ranges people come from when they are not on the private path.",
    }),
  })
  .meta({ description: "A VPC Service Controls perimeter around the project; dry run first." });

const organizationPolicies = z
  .strictObject({
    scope: z.enum(["project", "folder", "organization"]).default("project"),
    folderId: folderId.optional(),
    mode: z.enum(["dry-run", "enforced"]).default("dry-run"),
  })
  .meta({ description: "Constraints on endpoints, models, features, locations and keys." });

const modelAccess = z
  .strictObject({
    legal: z.strictObject({
      acceptedBy: text,
      acceptedOn: z.iso.date("a date such as 2026-11-20"),
    }),
  })
  .meta({ description: "Enables models whose terms a person has accepted; a legal act." });

export const vertexRouteSchema = z.strictObject({
  name: routeName,
  provider: z.literal("vertex"),
  organizationId: number("the Google Cloud organization's number").optional().meta({
    description: "Required for workforce sign-in and for creating a project outside a folder.",
  }),
  project,
  location: text.meta({
    description: "Where Claude is called: eu, us, or a single region with a Claude endpoint.",
  }),
  dataRegion: region.meta({
    description: "Region of keys, logs, dataset and the private endpoint.",
  }),
  models: z
    .array(text)
    .min(1, "list at least one model")
    .meta({ description: "Publisher model ids; the first is the laptops' default." }),
  reach,
  access,
  desktop,
  keys: keys.prefault({ kind: "create" }),
  logs: logs.prefault({}),
  deployer: deployer.optional(),
  perimeter: perimeter.optional(),
  organizationPolicies: organizationPolicies.optional(),
  modelAccess: modelAccess.optional(),
});
