import type { CheckedAnswer } from "../provider-model.ts";
import type { Answer } from "../shared/cloud.ts";
import type { Properties } from "../struct.ts";
import { projectNumber } from "./numbers.ts";
import { bigqueryAgent, serviceAgent } from "./service-agents.ts";
import type { Settings } from "./settings.ts";

const compute = "https://www.googleapis.com/compute/v1";

/** What the stand-in answers for data sources. A token not here is refused, never answered empty. */
export const invokes: ReadonlyMap<string, Answer<Settings>> = new Map<string, Answer<Settings>>([
  ["gcp:organizations/getClientConfig:getClientConfig", clientConfig],
  ["gcp:organizations/getOrganization:getOrganization", organization],
  ["gcp:organizations/getProject:getProject", project],
  ["gcp:projects/getProject:getProject", projects],
  ["gcp:compute/getNetwork:getNetwork", network],
  ["gcp:compute/getSubnetwork:getSubnetwork", subnetwork],
  ["gcp:kms/getKMSKeyRing:getKMSKeyRing", keyRing],
  ["gcp:kms/getKMSCryptoKey:getKMSCryptoKey", cryptoKey],
  ["gcp:bigquery/getDefaultServiceAccount:getDefaultServiceAccount", bigqueryAccount],
  ["gcp:storage/getProjectServiceAccount:getProjectServiceAccount", storageAccount],
  ["gcp:logging/getProjectCmekSettings:getProjectCmekSettings", loggingAccount],
  ["gcp:serviceaccount/getAccount:getAccount", account],
]);

/** No token is made here: whoever sends this one to Google is refused there. */
function clientConfig(_: Properties, settings: Settings): CheckedAnswer {
  const { project: own = "", region = "", zone = "" } = settings;
  return {
    answer: {
      accessToken: "offline: no token",
      defaultLabels: settings.defaultLabels,
      id: `projects/${own}/regions/${region}/zones/${zone}`,
      project: own,
      region,
      zone,
    },
  };
}

function organization({ organization: given, domain }: Properties): CheckedAnswer {
  const number = /^(?:organizations\/)?(\d+)$/.exec(String(given))?.[1];
  if (number === undefined)
    return refused(
      domain === undefined ? "organization" : "domain",
      "the offline gcp stand-in knows organizations by number only; give `organization`",
    );
  return {
    answer: {
      createTime: "2026-01-01T00:00:00Z",
      directoryCustomerId: "C00offline",
      domain: "example.com",
      id: `organizations/${number}`,
      lifecycleState: "ACTIVE",
      name: `organizations/${number}`,
      orgId: number,
      organization: given ?? number,
    },
  };
}

function project(args: Properties, settings: Settings): CheckedAnswer {
  return inProject(args.projectId, settings, (id) => ({
    autoCreateNetwork: false,
    billingAccount: "",
    deletionPolicy: "DELETE",
    effectiveLabels: {},
    folderId: "",
    id: `projects/${id}`,
    labels: {},
    name: id,
    number: projectNumber(id),
    orgId: "",
    projectId: id,
    pulumiLabels: {},
    tags: {},
  }));
}

/** There is nothing to search through; only a filter that names one project can be answered. */
function projects({ filter }: Properties): CheckedAnswer {
  const id = /^(?:projectId|id)[:=]([a-z0-9-]+)$/.exec(String(filter))?.[1];
  return id === undefined
    ? refused(
        "filter",
        "the offline gcp stand-in answers only a filter for one project, as projectId:my-project",
      )
    : {
        answer: {
          filter: String(filter),
          id: String(filter),
          projects: [
            {
              createTime: "2026-01-01T00:00:00Z",
              labels: {},
              lifecycleState: "ACTIVE",
              name: id,
              number: projectNumber(id),
              parent: {},
              projectId: id,
            },
          ],
        },
      };
}

function network(args: Properties, settings: Settings): CheckedAnswer {
  const named = linkParts(args, "networks");
  if (named === undefined) return refused("name", "one of `name` and `selfLink` must be given");
  return inProject(named.project ?? args.project, settings, (own) => {
    const id = `projects/${own}/global/networks/${named.name}`;
    const number = projectNumber(id);
    return {
      description: "",
      gatewayIpv4: "",
      id,
      internalIpv6Range: "",
      name: named.name,
      networkId: Number(number),
      numericId: number,
      project: own,
      selfLink: `${compute}/${id}`,
      subnetworksSelfLinks: [],
    };
  });
}

function subnetwork(args: Properties, settings: Settings): CheckedAnswer {
  const named = linkParts(args, "subnetworks");
  if (named === undefined) return refused("name", "one of `name` and `selfLink` must be given");
  const region = named.region ?? args.region ?? settings.region;
  if (typeof region !== "string")
    return refused("region", "neither the call nor its provider names a region");
  return inProject(named.project ?? args.project, settings, (own) => {
    const id = `projects/${own}/regions/${region}/subnetworks/${named.name}`;
    return {
      description: "",
      externalIpv6Prefix: "",
      gatewayAddress: "10.128.0.1",
      id,
      internalIpv6Prefix: "",
      ipCidrRange: "10.128.0.0/20",
      ipv6AccessType: "",
      name: named.name,
      network: `${compute}/projects/${own}/global/networks/default`,
      privateIpGoogleAccess: true,
      project: own,
      region,
      secondaryIpRanges: [],
      selfLink: `${compute}/${id}`,
      stackType: "IPV4_ONLY",
      subnetworkId: Number(projectNumber(id)),
    };
  });
}

function keyRing(args: Properties, settings: Settings): CheckedAnswer {
  const { location, name } = args;
  return inProject(args.project, settings, (own) => ({
    ...args,
    id: `projects/${own}/locations/${String(location)}/keyRings/${String(name)}`,
    project: own,
  }));
}

function cryptoKey({ keyRing: ring, name }: Properties): CheckedAnswer {
  const id = `${String(ring)}/cryptoKeys/${String(name)}`;
  return {
    answer: {
      cryptoKeyBackend: "",
      deletionPolicy: "DELETE",
      destroyScheduledDuration: "2592000s",
      effectiveLabels: {},
      id,
      importOnly: false,
      keyAccessJustificationsPolicies: [],
      keyRing: String(ring),
      labels: {},
      name: String(name),
      primaries: [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }],
      pulumiLabels: {},
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: "7776000s",
      skipInitialVersionCreation: false,
      versionTemplates: [{ algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "SOFTWARE" }],
    },
  };
}

function bigqueryAccount(args: Properties, settings: Settings): CheckedAnswer {
  return inProject(args.project, settings, (own) => {
    const email = bigqueryAgent(projectNumber(own));
    return { email, id: email, member: `serviceAccount:${email}`, project: own };
  });
}

function storageAccount(args: Properties, settings: Settings): CheckedAnswer {
  return inProject(args.project, settings, (own) => {
    const email = serviceAgent("storage.googleapis.com", projectNumber(own));
    return {
      ...args,
      emailAddress: email,
      id: email,
      member: `serviceAccount:${email}`,
      project: own,
    };
  });
}

function loggingAccount(args: Properties, settings: Settings): CheckedAnswer {
  return inProject(args.project, settings, (own) => ({
    ...args,
    id: `projects/${own}/cmekSettings`,
    kmsKeyVersionName: "",
    name: `projects/${own}/cmekSettings`,
    project: own,
    serviceAccountId: `cmek-p${projectNumber(own)}@gcp-sa-logging.iam.gserviceaccount.com`,
  }));
}

function account(args: Properties, settings: Settings): CheckedAnswer {
  const given = String(args.accountId);
  return inProject(args.project, settings, (own) => {
    const short = given.slice(given.lastIndexOf("/") + 1);
    const email = short.includes("@") ? short : `${short}@${own}.iam.gserviceaccount.com`;
    const name = `projects/${own}/serviceAccounts/${email}`;
    return {
      ...args,
      disabled: false,
      displayName: "",
      email,
      id: name,
      member: `serviceAccount:${email}`,
      name,
      uniqueId: projectNumber(email),
    };
  });
}

function inProject(
  given: Properties[string] | undefined,
  settings: Settings,
  answer: (project: string) => Properties,
): CheckedAnswer {
  const own = given ?? settings.project;
  return typeof own === "string"
    ? { answer: answer(own.replace(/^projects\//, "")) }
    : refused(
        "project",
        "neither the call nor its provider names a project; set `project` on either",
      );
}

/** A name alone, or the parts of a full name or link. */
function linkParts(
  { name, selfLink }: Properties,
  kind: string,
): { readonly name: string; readonly project?: string; readonly region?: string } | undefined {
  const given = selfLink ?? name;
  if (typeof given !== "string") return undefined;
  const found = new RegExp(
    `projects/(?<project>[^/]+)/(?:global|regions/(?<region>[^/]+))/${kind}/(?<name>[^/]+)$`,
  ).exec(given)?.groups;
  return { name: given, ...found };
}

function refused(property: string, reason: string): CheckedAnswer {
  return { failures: [{ property, reason }] };
}
