import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import type { ProjectSettings } from "./vertex-route.ts";

/** Arguments of {@link GoogleProject}. */
export interface GoogleProjectArgs {
  /** Required. Whether the project is made here or exists. Plain: it decides which resources exist. */
  readonly settings: ProjectSettings;
  /** Parent of a project that is made outside a folder. */
  readonly organizationId?: string | undefined;
  /** Required. Full names of the APIs to switch on; see `servicesFor`. */
  readonly services: readonly string[];
  /** Required. From `vertexLabel`; put on the project for people. */
  readonly label: string;
}

/**
 * The project of one route, with the APIs it uses and no others.
 *
 * Creates: the project without a default network, unless it is adopted, and one switch an API. An adopted
 * project stays as it is otherwise. Neither is undone by a destroy: a project is protected from deletion and
 * APIs stay on, because other things of the company may use them by then. To use the project again, adopt it.
 *
 * @throws pulumi.ResourceError naming every rejected setting; see {@link checkGoogleProject}.
 * @see https://docs.cloud.google.com/resource-manager/docs/creating-managing-projects
 */
export class GoogleProject extends pulumi.ComponentResource {
  readonly projectId: string;
  /** Known at a preview only when the project is adopted: Google chooses it. */
  readonly projectNumber: pulumi.Input<string>;
  /** What whoever uses an API of the project depends on. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: GoogleProjectArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:gcp:GoogleProject", name, {}, opts);
    const { settings, services } = args;
    rejectBadInputs(this, name, checkGoogleProject("settings", args));

    const { projectNumber, dependsOn } = this.#project(name, args);
    const switches = services.map(
      (service) =>
        new gcp.projects.Service(
          `${name}-${service.replace(".googleapis.com", "")}`,
          { project: settings.projectId, service, disableOnDestroy: false },
          { parent: this, dependsOn },
        ),
    );

    this.projectId = settings.projectId;
    this.projectNumber = projectNumber;
    this.ready = [...dependsOn, ...switches];
    this.registerOutputs({ projectId: this.projectId, projectNumber: this.projectNumber });
  }

  #project(name: string, args: GoogleProjectArgs) {
    const { settings } = args;
    if (settings.kind === "adopt") {
      return { projectNumber: settings.projectNumber, dependsOn: [] };
    }
    const project = createProject(name, settings, args, this);
    return { projectNumber: project.number, dependsOn: [project] };
  }
}

function createProject(
  name: string,
  settings: Extract<ProjectSettings, { kind: "create" }>,
  { organizationId, label }: GoogleProjectArgs,
  parent: pulumi.Resource,
): gcp.organizations.Project {
  const place =
    settings.folderId === undefined ? { orgId: organizationId } : { folderId: settings.folderId };
  return new gcp.organizations.Project(
    `${name}-project`,
    {
      ...place,
      projectId: settings.projectId,
      name: settings.projectId,
      billingAccount: settings.billingAccount,
      // The default network spans every region of the world and is open inside.
      autoCreateNetwork: false,
      deletionPolicy: "PREVENT",
      labels: { "managed-by": "cowork-landing-zone", "cowork-route": label },
    },
    // A destroy leaves it, rather than fail at the end: other things of the company may live in it by then.
    { parent, retainOnDelete: true },
  );
}

/** Pure, so that the edge cases are tested without an engine. */
export function checkGoogleProject(
  path: string,
  { settings, organizationId }: Pick<GoogleProjectArgs, "settings" | "organizationId">,
): Problem[] {
  const problems = projectIdProblems(`${path}.projectId`, settings.projectId);
  if (settings.kind === "adopt") {
    return [
      ...problems,
      ...digits(`${path}.projectNumber`, settings.projectNumber, "the project's number"),
    ];
  }
  if (!/^[0-9A-F]{6}(-[0-9A-F]{6}){2}$/.test(settings.billingAccount)) {
    const reason = `"${settings.billingAccount}" is no billing account; write it as 012345-6789AB-CDEF01`;
    problems.push({ path: `${path}.billingAccount`, reason });
  }
  if (settings.folderId !== undefined) {
    return [...problems, ...digits(`${path}.folderId`, settings.folderId, "the folder's number")];
  }
  return [
    ...problems,
    ...(organizationId === undefined
      ? [
          {
            path: "organizationId",
            reason: `missing; a new project needs an organization, or ${path}.folderId`,
          },
        ]
      : digits("organizationId", organizationId, "the organization's number")),
  ];
}

/**
 * 6 to 30 lower-case letters, digits and hyphens; some words are reserved.
 * @see https://docs.cloud.google.com/resource-manager/docs/creating-managing-projects (read 2026-11-21)
 */
function projectIdProblems(path: string, projectId: string): Problem[] {
  if (!/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(projectId)) {
    const reason = `"${projectId}" is no project id: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last`;
    return [{ path, reason }];
  }
  const reserved = ["google", "null", "undefined", "ssl"].find((word) => projectId.includes(word));
  return reserved === undefined
    ? []
    : [{ path, reason: `"${projectId}" holds "${reserved}", which Google reserves` }];
}

function digits(path: string, value: string, meaning: string): Problem[] {
  return /^\d{6,20}$/.test(value)
    ? []
    : [{ path, reason: `"${value}" is not a number of 6 to 20 digits; give ${meaning}` }];
}
