import { createHash } from "node:crypto";
import { helperInstall } from "../contract/helper-install.ts";
import type { RouteOutputs, StackOutputs } from "../contract/outputs.ts";
import { parseOutputs } from "../contract/parse-outputs.ts";
import { type Problem, renderProblems } from "../residency/problem.ts";
import type { Channel } from "./channels/channel.ts";
import { channels } from "./channels/index.ts";
import { complianceProblems, type ProfilesJudging } from "./compliance.ts";
import { helperFileName, kitHelper, renderHelperFile } from "./helper-file.ts";
import { keyListDate } from "./keys/keys.ts";
import { leftOut } from "./left-out.ts";
import { lintSettings } from "./lint.ts";
import { minimumAppVersion } from "./minimum-version.ts";
import { guaranteeNotes } from "./outside-guarantee.ts";
import { placementProblems } from "./placement.ts";
import { byCodePoint, type Settings } from "./setting-value.ts";
import { settingsOf } from "./settings.ts";
import { textProblem } from "./text.ts";

/** One generated file; `path` is relative to the output folder, with forward slashes. */
export interface ProfileFile {
  readonly path: string;
  readonly bytes: Buffer;
  /** How it reaches laptops; `credential-helper` is what the kit's own helper reads. */
  readonly channel: Channel["id"] | "credential-helper";
  /** Lower-case hexadecimal SHA-256 of `bytes`. */
  readonly sha256: string;
  /** Oldest release of Claude Desktop that reads everything in the file; absent when it reads none of it. */
  readonly minimumAppVersion?: string;
  /** Where it is put on each system, when its content alone does not say so. */
  readonly installedAs?: Readonly<Record<string, string>>;
  /** What whoever distributes the file has to know, each a sentence. */
  readonly notes: readonly string[];
}

/** All files of one stack. */
export interface ProfileSet {
  /** Folder below the output folder that holds nothing but this set. */
  readonly stack: string;
  /** Sorted by path; the manifest is not among them. */
  readonly files: readonly ProfileFile[];
  readonly manifest: { readonly path: string; readonly bytes: Buffer };
}

/**
 * The profile files of a stack, from its outputs. Pure: no clock, no locale, no file system; the same
 * outputs give the same bytes on any machine.
 *
 * @param outputs A stack's `landingZone` output as the engine returned it; parsed strictly here.
 * @param stack Name of the folder. Default: the outputs' geography.
 * @param judging What compliance says today. Without it the outputs' own zone is held against the catalogue.
 * @throws Error naming every problem at once, when the outputs break the contract, a route could be
 *   processed outside the zone, or Claude Desktop would reject or ignore a setting.
 */
export function renderProfileSet(
  outputs: unknown,
  stack?: string,
  judging?: ProfilesJudging,
): ProfileSet {
  const result = parseOutputs(outputs);
  if ("problems" in result) {
    throw new Error(renderProblems("profiles: the stack's outputs are refused", result.problems));
  }
  const parsed = result.outputs;
  const folder = stack ?? parsed.geography;
  const problems: Problem[] = [
    ...folderProblems(folder),
    ...nameProblems(parsed),
    ...(judging === undefined ? [] : complianceProblems(parsed, judging)),
  ];
  const drafts = parsed.routes.flatMap((route, index) => {
    problems.push(...placementProblems(parsed, route, `routes[${index}]`));
    return channels
      .filter(({ platform }) => leftOut(route, platform) === undefined)
      .map((channel) => ({
        channel,
        route,
        settings: settingsOf(parsed, route, channel.platform),
      }));
  });
  for (const { channel, route, settings } of drafts) {
    for (const { path, reason } of lintSettings(settings)) {
      problems.push({ path: `${route.name} (${channel.id}) ${path}`, reason });
    }
  }
  // Nothing is rendered from what was refused: channels rely on clean text.
  if (problems.length > 0) throw new Error(renderProblems("profiles: refused", problems));

  const profiles = drafts.map(({ channel, route, settings }): ProfileFile => {
    const bytes = channel.render(settings, addressee(parsed, route));
    const path = `${folder}/${route.name}/${channel.fileName}`;
    return {
      path,
      bytes,
      channel: channel.id,
      sha256: sha256(bytes),
      minimumAppVersion: minimumAppVersion(settings),
      notes: [...guaranteeNotes(route), ...notesOn(settings)],
    };
  });
  const files = [...profiles, ...helperFiles(folder, parsed)].sort((a, b) =>
    byCodePoint(a.path, b.path),
  );
  return { stack: folder, files, manifest: manifestOf(folder, parsed, files) };
}

/** What the kit's own helper reads beside a profile; the same file on every system. */
function helperFiles(folder: string, { routes }: StackOutputs): ProfileFile[] {
  return routes.flatMap((route) => {
    const config = kitHelper(route);
    if (config === undefined) return [];
    const bytes = renderHelperFile(config);
    const file: ProfileFile = {
      path: `${folder}/${route.name}/${helperFileName}`,
      bytes,
      channel: "credential-helper",
      sha256: sha256(bytes),
      installedAs: helperInstall.configPaths,
      notes: [
        "goes to every laptop of the route, owned by an administrator, before the profile does",
      ],
    };
    return [file];
  });
}

/** Marks the files that hold the one value called a secret. */
function notesOn(settings: Settings): readonly string[] {
  return "inferenceVertexOAuthClientSecret" in settings
    ? [
        "holds the secret of a desktop OAuth client, which Google treats as not confidential; it opens nothing without a person's own sign-in",
      ]
    : [];
}

function addressee(outputs: StackOutputs, route: RouteOutputs) {
  return {
    organization: outputs.organization,
    geography: outputs.geography,
    zoneLabel: outputs.zone.label,
    route: route.name,
  };
}

/** The folder is swapped as a whole, so its name must not reach outside the output folder. */
function folderProblems(folder: string): Problem[] {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(folder)) return [];
  const reason =
    "must be letters, digits, dots, dashes and underscores, starting with no dot or dash";
  return [{ path: `stack ${JSON.stringify(folder.toWellFormed())}`, reason }];
}

/** Texts that reach a file without being a setting. */
function nameProblems({ organization, zone }: StackOutputs): Problem[] {
  return [
    ...textProblem(organization.name, "organization.name"),
    ...textProblem(zone.label, "zone.label"),
  ];
}

function manifestOf(folder: string, outputs: StackOutputs, files: readonly ProfileFile[]) {
  const missing = outputs.routes.flatMap((route) =>
    channels.flatMap(({ id, platform }) => {
      const reason = leftOut(route, platform);
      return reason === undefined ? [] : [{ route: route.name, channel: id, reason }];
    }),
  );
  const manifest = {
    manifestVersion: 1,
    stack: folder,
    geography: outputs.geography,
    zone: outputs.zone.id,
    securityProfile: outputs.profiles.security,
    catalogueDates: outputs.catalogueDates,
    keyListDate,
    files: files.map((file) => ({
      path: file.path.slice(folder.length + 1),
      channel: file.channel,
      ...(file.minimumAppVersion === undefined
        ? {}
        : {
            securityProfile: outputs.profiles.security,
            minimumAppVersion: file.minimumAppVersion,
          }),
      ...(file.installedAs === undefined ? {} : { installedAs: file.installedAs }),
      sha256: file.sha256,
      ...(file.notes.length === 0 ? {} : { notes: file.notes }),
    })),
    ...(missing.length === 0 ? {} : { leftOut: missing }),
  };
  return {
    path: `${folder}/manifest.json`,
    bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`, "utf8"),
  };
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
